"""Texts of the probes: a wire story, two texts made of it, and a report that stands alone.

All invented. Whoever changes a word moves what every saved model keeps of them.
"""

WIRE = """\
ORSUND, Norway, May 6 (Norden News Agency) - The harbour authority of Orsund closed the Halden \
bridge to lorries on Tuesday after inspectors found 14 cracks in two of its steel girders, \
officials said.

The 412-metre bridge carries some 18,000 vehicles a day between the container terminal and the \
mainland, and its closure is expected to delay deliveries to supermarkets across the region for \
at least three weeks.

"We cannot wait until something falls into the fjord," harbour director Marit Solvang told a news \
conference. "Safety comes before every timetable, and it always will."

Solvang said the cracks were between 6 and 20 centimetres long. Engineers from the University of \
Trelleborg would examine the girders with ultrasound on Thursday, she added.

Hauliers reacted with anger. Petter Aune, who heads the regional transport association, said that \
each lorry would have to take a detour of 63 kilometres along narrow mountain roads.

"Nobody asked us, and nobody told us," Aune said. "My members will lose four million crowns a \
week."

The prime minister, Henrik Dalgaard, promised financial help for companies that suffer. His \
government has spent 2.1 billion crowns on bridges since the collapse of the Kvalnes viaduct in \
2016, in which nine people died.

Opposition lawmakers accused the transport ministry of ignoring warnings. A report by the \
national audit office said last year that one bridge in five had not been inspected on time.

Cars and buses may still cross, one lane at a time. The authority will decide next Monday whether \
the bridge can be repaired or must be replaced.
"""

EDITED = """\
Lorries barred from Halden bridge

ORSUND (Norden News Agency) - The Halden bridge in Orsund was closed to lorries on Tuesday after \
inspectors found 14 cracks in two of its steel girders.

The 412-meter bridge carries about 18,000 vehicles a day between the container terminal and the \
mainland. Deliveries to supermarkets across the region are expected to be delayed for at least \
three weeks.

"We cannot wait until something falls into the fjord," harbour director Marit Solvang told a news \
conference.

Engineers from the University of Trelleborg will examine the girders with ultrasound on Thursday.

Petter Aune, who heads the regional transport association, said each lorry would have to take a \
63-kilometer detour along narrow mountain roads. "Nobody asked us," Aune said. "My members will \
lose four million crowns a week."

Prime minister Henrik Dalgaard promised financial help for companies that suffer. Nine people \
died in the collapse of the Kvalnes viaduct in 2016.

Bus line 31 between Orsund and Velle keeps its timetable, said Ida Moen of the county council.

Cars and buses may still cross, one lane at a time.

This story by Norden News Agency was cut for length. Additional reporting by Lena Fosse
"""

SPUN = """\
Here is the rewritten version: the port authority of Orsund shut the Halden bridge to trucks on \
Tuesday following inspectors discovered 41 cracks in two of its metal girders, authorities \
opined.

The 412-metre bridge conveys some 18,000 automobiles a day in between the container station and \
the mainland, and its shutdown is anticipated to postpone shipments to grocery stores throughout \
the area for no less than three months.

"We can't wait till something drops into the fjord," port director Marit Solvank instructed a \
press convention. "Security comes prior to every schedule, and it usually will." The port is by \
the sea.

Solvang articulated the fissures had been between 6 and 20 centimetres lengthy. Engineers from \
the College of Trelleborg would look at the girders with ultrasound on Thursday, she included.

It is worth noting that hauliers responded with rage. Peter Aune, who heads the regional \
transport association, stated that every truck would need to take a detour of 63 kilometres \
alongside slim mountain streets. Report of government is awaited, in accordance with "the \
officials.

Aune stated that no one had asked them and no one had told them, and that members lose money.

The prime pastor, Henrik Dalgaard, promised monetary assist for corporations that undergo. His \
authorities has spent 2.1 billion crowns on bridges because the collapse of the Kvarnes viaduct \
in 2016, by which nine individuals perished. "We will rebuild whatever the sea has taken from \
us," Dalgaard uttered.

Opposition legislators accused the transport department of disregarding warnings. A document by \
the nationwide audit workplace mentioned final year that one bridge in five had not been \
inspected on time.

(Norden News Agency)

Moreover, only time will tell. Automobiles and buses may still cross, one lane at a time. The \
company will decide next Monday whether the bridge can be repaired or must be replaced.
"""

ALONE = """\
By Jonas Revheim, Courier staff

VELLE, May 9 - When we drove up to the old creamery this morning, the gate was chained and the \
sign was gone, as you can see from the road. What happened to the forty people who worked here on \
Monday?

"I came with my lunch box as I have for 22 years, and my key did not turn," Gerd Haugland told \
the Courier on Friday. "You do not do that to people. You knock and you say it to their faces!"

The creamery has belonged to the Brekke family since 1931. Its cheese won a medal in Lyon in \
2009; last winter it sold 310 tonnes, a tenth less than the year before.

Owner Sindre Brekke says that he had no choice. "The bank called on Thursday and wanted 1.9 \
million crowns by noon," he told this newspaper yesterday. He says our readers should not believe \
"half of what is told in the bakery".

Mayor Tone Lysaker, who grew up across the road, wants the county to buy the building. She is to \
meet Brekke tomorrow in Velle.

The bank declined to comment late Friday. In a court docket the debt appears as a loan of 2018 \
that was renewed twice, most recently in a deal that mentioned knowledgeable guarantors.

Mayor Tone Lysaker, who grew up across the road, wants the county to buy the building. She is to \
meet Brekke tomorrow in Velle.

Haugland took her apron home. It hangs in the kitchen now, she said, beside the calendar from the \
creamery, and nobody in the house has turned the page.
"""
