"""What is kept of words: found once while there is room, and right when there is none."""

from copydesk.features.read.word_cache import WordCache


def test_words_past_what_is_kept_are_found_all_the_same() -> None:
    cache = WordCache(str.upper, size=3)
    words = [f"word{i}" for i in range(10)] * 2
    assert [cache[word] for word in words] == [word.upper() for word in words]
    assert len(cache) <= 3


def test_a_word_is_found_once() -> None:
    asked: list[str] = []

    def find(word: str) -> int:
        asked.append(word)
        return len(word)

    cache = WordCache(find)
    assert list(map(cache.__getitem__, ["ferry", "crew", "ferry"])) == [5, 4, 5]
    assert asked == ["ferry", "crew"]
