"""Site furniture: what pages carry beside the article, written for this purpose."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from copydesk.seeds.derive.engine import pick


class Spot(StrEnum):
    """Where on a page a piece of furniture stands."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


_TOP = (
    "Skip to content",
    "Home | News | Sport | Weather | Travel",
    "Menu\nSearch\nSign in\nSubscribe",
    "Published: 06:42 | Updated: 09:15",
    "Last updated 3 hours ago",
    "{minutes} min read",
    "Share this article",
    "Listen to this article · {minutes} minutes",
    "Photo: {person}/{outlet}",
    "File photo. ({outlet})",
    "We use cookies to improve your experience on this site. Accept all | Manage my choices",
    "Breaking news alerts: turn on notifications",
)
_MIDDLE = (
    "Advertisement",
    "ADVERT",
    "Story continues below",
    "READ ALSO: {headline}",
    "ALSO READ | {headline}",
    "Related: {headline}",
    "Read more: {headline}",
    "Watch: {headline}",
    "Sign up to our morning newsletter and get the day's stories before breakfast",
    "Subscribe to {outlet} for unlimited access",
    "Follow us for live updates",
    "Image: {place} on an earlier occasion. Picture: {person}",
    "Listen to this story",
    "Download our app for the latest from {place}",
    "Support independent journalism: become a member of {outlet} today",
)
_BOTTOM = (
    "Related articles\n{headline}\n{headline}\n{headline}",
    "Most read\n1. {headline}\n2. {headline}\n3. {headline}",
    "Trending now: {headline}",
    "Tags: {topic}, {place}, news",
    "Comments are closed on this article",
    "Comments are moderated. Please keep to our house rules and be kind to each other",
    "Join the conversation: log in to leave a comment",
    "About the author: {person} is a reporter at {outlet} who writes about {topic}",
    "{person} has covered {topic} for {outlet} since 2014 and lives near {place} with two dogs.",
    "Have a story for us? Write to the newsdesk of {outlet}",
    "Privacy policy | Terms of use | Contact | Careers",
    "Weather in {place}: 14°C, light rain",
    "Print | Email | Copy link",
    "Sponsored: five savings accounts compared",
)
_HEADLINES = (
    "Ten trains late after swan lands on track",
    "Bakery wins prize for rye loaf",
    "School choir to sing at harbour festival",
    "What the new parking rules mean for you",
    "Quiz of the week: how well do you know your rivers?",
    "Rents rise again in three districts",
    "In pictures: first snow on the hills",
    "Five walks for a long weekend",
    "Goalkeeper, 41, to retire at season's end",
    "Why our tomatoes cost more this summer",
    "Library roof to be mended after ten years",
    "Council votes on tram line tonight",
    "Recipe: leek soup for cold days",
    "Owl found in post office is set free",
)
_PEOPLE = tuple(
    "Orla Pennick;Tomas Greel;Ines Varro;Dag Hollis;Petra Lund-Avery;Sami Okoro;Wim Tarrant;"
    "Bea Castellane;Jory Finch;Nadia Elm".split(";")
)
_OUTLETS = tuple(
    "The Tarnby Courier;Ostrel Today;Mill Valley Post;The Quay Observer;Radio Senn;"
    "Northgate Herald;The Daily Lantern".split(";")
)
_PLACES = tuple("Tarnby;Ostrel;Quayhead;Sennbridge;Lower Marsh;Castle Dene;Norrholm".split(";"))
_TOPICS = tuple("local politics;transport;health;business;the courts;farming;housing".split(";"))
_PIECES = {Spot.TOP: _TOP, Spot.MIDDLE: _MIDDLE, Spot.BOTTOM: _BOTTOM}


def make_piece(spot: Spot, rng: np.random.Generator) -> str:
    """Make a piece of furniture.

    Examples
    --------
    >>> "{" in make_piece(Spot.BOTTOM, np.random.default_rng(0))
    False
    """
    return fill(pick(_PIECES[spot], rng), rng)


def fill(template: str, rng: np.random.Generator) -> str:
    """Fill each slot of a template, such as ``{person}``, with something invented."""
    choices = {
        "{headline}": _HEADLINES,
        "{person}": _PEOPLE,
        "{outlet}": _OUTLETS,
        "{place}": _PLACES,
        "{topic}": _TOPICS,
    }
    text = template.replace("{minutes}", str(int(rng.integers(2, 9))))
    for slot, values in choices.items():
        while slot in text:
            text = text.replace(slot, pick(values, rng), 1)
    return text


BYLINES = (
    "By {person}",
    "By {person}, {outlet}",
    "{person} | {outlet}",
    "Written by {person}",
    "Posted by {person} in News",
)
BIOGRAPHIES = (
    "{person} is a senior editor at {outlet} with over ten years of experience covering {topic}.",
    "About {person}: a passionate storyteller with a keen eye for detail, {person} joined "
    "{outlet} in 2019 and writes about {topic}.",
    "{person} is an award-winning journalist who brings readers of {outlet} the stories that "
    "matter most.",
    "{person} holds a degree in communication and loves coffee, travel and {topic}.",
)
PADDING = (
    "The situation continues to develop, and further details are expected to emerge.",
    "It remains to be seen what the coming days will bring.",
    "This development has attracted considerable attention from many quarters.",
    "Experts believe that the consequences could be far-reaching.",
    "The news comes at a critical time for all those involved.",
    "As always, it is important to stay informed about the latest developments.",
    "Many observers are watching the matter closely.",
    "The matter highlights the challenges that lie ahead.",
    "Stay tuned for more updates on this evolving story.",
    "This is a significant step that should not be underestimated.",
    "Only time will tell how events will unfold from here.",
    "The importance of this moment can hardly be overstated.",
    "For many people, the implications are both immediate and lasting.",
    "In today's fast-paced world, such events remind us how quickly things can change.",
    "Reactions have been mixed, with voices on both sides making themselves heard.",
    "This raises important questions about what comes next.",
    "The issue has sparked a wide-ranging debate.",
    "It is a reminder of the complex forces at play.",
)
QUESTIONS = (
    "What happened?",
    "Why does it matter?",
    "Who is involved?",
    "What do we know so far?",
    "What has been said about it?",
    "What is the background?",
    "What happens next?",
)
