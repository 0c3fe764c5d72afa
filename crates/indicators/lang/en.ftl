# Indicators: the audit, a page per indicator, the methods.
indicators-nav = Indicators
indicators-audit = Indicators
indicators-audit-lead = On { $day }, from the { $size } entries of the record.
indicators-audit-unknown = What is not known is never counted as zero: unknowns stand apart, and the bounds say what they leave possible.
indicators-methods = Method of the indicators
indicators-methods-lead = Every figure of the site is computed from entries of the record, by a formula written here and numbered. Do the computation again: the data are under each page, as CSV and JSON.
indicators-as-of = As of
indicators-as-of-show = Show
indicators-group-bodies = Committees, seats and meetings
indicators-group-answers = Recommendations, answers and follow-up
indicators-table-caption = By code; variants are on each indicator’s page and in the data
indicators-column-title = Indicator
indicators-column-scope = Scope
indicators-column-body = Committee or body
indicators-column-value = Value
indicators-column-count = Count
indicators-column-unknown = Unknown
indicators-column-bounds = Bounds
indicators-column-n = n
indicators-unknown = not known
indicators-count-known = { $part } / { $known } known, of { $whole }
indicators-between = { $lower } to { $upper }
indicators-done = done { $done } — under way { $underway }
indicators-days = { $days } days
indicators-scope-all = All
indicators-scope-exercise = Exercise
indicators-class-activities = activities
indicators-class-all = all
indicators-class-complementary = further priorities
indicators-class-non-priority = no priority
indicators-class-priority = priorities
indicators-part-any-reply = any reply
indicators-part-attendance = among those present at meetings
indicators-part-coverage = share inspected
indicators-part-days = in days filled
indicators-part-gap = gap to the quota, in points
indicators-part-people = by people
indicators-part-positions = all positions taken
indicators-part-refusals-reasoned = refusals with reasons, among refusals
indicators-part-refusals-secret = refusals for secrecy, among refusals
indicators-part-under-way = under way
indicators-part-weighted = weighted by priority
indicators-part-youth = youth
indicators-values = Values
indicators-values-caption = By scope
indicators-empty = Nothing is on the record yet for this indicator.
indicators-trend = Over time
indicators-lower = At least
indicators-upper = At most
indicators-bounds-note = The bar runs from the lowest share possible, if no unknown counts, to the highest, if all do.
indicators-curve = Share of recommendations still waiting for an answer in substance
indicators-curve-across = days since delivery
indicators-curve-up = still waiting
indicators-curve-median = median
indicators-curve-desc = { $n ->
    [one] One delivery followed
   *[other] { $n } deliveries followed
}, { $events ->
    [one] one answer in substance
   *[other] { $events } answers in substance
}. A quarter answered: { $quarter }. Half: { $median }. Mean wait: { $mean }, computed over { $horizon }.
indicators-not-reached = not yet reached
indicators-bar-done = Done
indicators-bar-under-way = Under way
indicators-method = How it is computed
indicators-method-formula = Formula
indicators-method-example = Example from this record
indicators-method-limits = What is not counted
indicators-method-source = Text it rests on
indicators-method-version = Version of the formula
indicators-example-none = The record does not yet allow this indicator to be computed.
indicators-example-plain = { $numerator } ÷ { $denominator } = { $value }.
indicators-example-known = { $numerator } ÷ ({ $denominator } − { $unknown } unknown) = { $value }.
indicators-example-bounds = at least { $numerator } ÷ { $denominator } = { $lower }; at most ({ $numerator } + { $unknown } unknown) ÷ { $denominator } = { $upper }.
indicators-example-wait = { $numerator } answers in substance to { $denominator } deliveries; half have their answer within { $value }.
indicators-bodies = Committee by committee
indicators-bodies-caption = One body a line
indicators-bodies-empty = No named committee has a value yet.
indicators-onward = More of the list
indicators-first = Start of the list
indicators-next = More
indicators-inputs = Entries of the record
indicators-inputs-lead = The figures above come from these entries and from nothing else. Each is dated, chained and signed.
indicators-inputs-caption = Newest first
indicators-inputs-empty = No entry.
indicators-input-entry = Entry
indicators-input-what = What it says
indicators-input-of = About
indicators-input-on = Day
indicators-word-organisation-joined = Membership of an umbrella
indicators-word-call-opened = Call to seats
indicators-word-eligible-list-published = List of candidates
indicators-word-appeal-decided = Appeal decided
indicators-word-pool-frozen = Pool frozen
indicators-word-seed-committed = Commitment
indicators-word-seed-revealed = Secret revealed
indicators-word-event-valued = Outcome of the event
indicators-word-panel-drawn = Draw
indicators-word-ballots-counted = Count
indicators-word-nomination-recorded = Nomination
indicators-word-call-cancelled = Call cancelled
indicators-word-required-stated = Number a text requires
indicators-word-count-stated = Number a source counted
indicators-word-body-installed = Installation
indicators-word-seat-set = Seat given by a text
indicators-word-seat-filled = Seat filled
indicators-word-seat-left = Seat left
indicators-word-seat-interrupted = Seat vacant or suspended
indicators-word-organisations-merged = Two registrations made one
indicators-word-organisations-parted = Merger undone
indicators-word-tie-stated = Tie stated of an organisation
indicators-word-organisation-replied = The organisation’s reply
indicators-word-composition-stated = Composition counted by a source
indicators-word-tally-stated = Progress counted by a source
indicators-word-sitting-held = Meeting held
indicators-word-sitting-not-held = Meeting not held
indicators-word-recommendation-transmitted = Recommendation transmitted
indicators-word-escalated = Carried one rung up
indicators-word-recommendation-closed = Recommendation closed
indicators-word-recommendation-reopened = Recommendation reopened
indicators-word-due-extended = More time given
indicators-word-clock-paused = Clock paused
indicators-word-clock-resumed = Clock resumed
indicators-word-acknowledged = Acknowledgement
indicators-word-answered = Answer
indicators-word-implementation-declared = Follow-up declared by the authority
indicators-word-implementation-observed = Follow-up observed by civil society
indicators-body = Indicators of this body
indicators-body-caption = On { $day }
indicators-body-empty-seats = Seats provided and without a holder:
indicators-body-unknown-seats = { $count ->
    [one] One seat provided of which nothing is known.
   *[other] { $count } seats provided of which nothing is known.
}
indicators-headline = In figures
indicators-headline-count = { $counts }, on { $day }
indicators-rules = Rules of presentation
indicators-rule-1 = A figure is never shown without what it counts (n) nor without its date.
indicators-rule-2 = No ranking of persons. An authority is shown beside the volume it received.
indicators-rule-3 = An authority may answer each figure about it; its answer goes on the record.
indicators-rule-4 = Every figure opens down to the signed entries it is made from.
indicators-rule-5 = Definitions are in French; the English translates them.
indicators-rule-6 = Unknown is never zero. “Done” and “under way” are never added. An exercise is in no real figure.
indicators-rule-7 = A trend is drawn from three periods on. A census has no sampling interval: the bounds come from the unknowns alone.

indicators-title-i-01 = Installation rate of committees
indicators-what-i-01 = How many of the committees that the law wants are installed, at each level.
indicators-formula-i-01 = Committees installed on the day ÷ committees required on it. The installed are the newest count a source gives, or the committees known by name where they are more. The required are the number to which the source relates its count, unless the law has changed since; else the number the law sets.
indicators-limits-i-01 = When the newest count is older than the day, all other committees are unknown, not absent: there is then no value, only bounds, of which the lower is the newest count. A committee of which we only know that it existed by a date counts from that date. Exercises do not count.
indicators-source-i-01 = Text that creates the committees and law on territorial division; counts published by the body in charge of the reform. The entries below lead to each source.

indicators-title-i-02 = Operating rate
indicators-what-i-02 = Of the installed committees, how many have met in the last 90 days, with evidence.
indicators-formula-i-02 = Committees with an evidenced meeting 90 days old or less ÷ installed committees of which it is known whether they met in those 90 days. Evidence taken: minutes, photograph with attendance list, two independent confirmations, public account.
indicators-limits-i-02 = Unknown are: committees that a source counted but nobody names, and those of whose 90 days nothing is written. A meeting that a source reports shows that day and says nothing of others; a committee that keeps its own meetings here is taken to write them all, from the first one on. A meeting without evidence does not count.
indicators-source-i-02 = Meeting rule of each kind of body, as the record holds it with its source.

indicators-title-i-03 = Meeting rate
indicators-what-i-03 = Of the months in which a committee should have met, how many saw at least one meeting.
indicators-formula-i-03 = Sum of months met ÷ sum of months due. A month counts once, even with several meetings: a busy month does not hide an empty one. Where the rule is quarterly, quarters are counted.
indicators-limits-i-03 = Only whole months count: neither that of the installation (unless on its first day) nor the running one. A month of which nothing is written is unknown, unless the committee has kept its own meetings here since that month or earlier. A meeting that a source reports says nothing of other months: where there are no others, no value is given, only bounds. A level without a known rule has no value.
indicators-source-i-03 = Meeting rule of each kind of body, as the record holds it with its source.

indicators-title-i-04 = Activation delay
indicators-what-i-04 = How much time passes between a committee’s installation and its first meeting.
indicators-formula-i-04 = Kaplan–Meier median of the days between installation and the first evidenced meeting. A committee that is followed and has not met yet counts for the time already waited.
indicators-limits-i-04 = The first meeting is the first one the record knows: an older one of which nothing remains would shorten the delay. A committee whose meetings nobody records is unknown, and so is one of which only the year of installation is known; where the month is, the first day is counted.
indicators-source-i-04 = Days of installation and meetings on the record; Kaplan and Meier (1958) for waits that still run.
indicators-title-i-05 = Civil-society seats filled
indicators-what-i-05 = Of the seats that the text gives to civil society, how many have a known holder.
indicators-formula-i-05 = Seats with a named holder ÷ seats provided whose state is known. Variant: days filled ÷ days these seats have existed since the installation.
indicators-limits-i-05 = Civil society here includes organisations, women’s associations and youth organisations. A seat of which the record says nothing, or filled by nobody knows whom, is unknown. A suspended seat is vacant. Where the text does not say how many seats, as many are counted as have known holders, and at least one.
indicators-source-i-05 = Text that sets the composition of the committee, seat by seat.

indicators-title-i-06 = Weight of civil society
indicators-what-i-06 = The share of civil society among those who sit; and among those who come.
indicators-formula-i-06 = Civil-society holders ÷ all known holders. Variant: civil society present ÷ all present, over evidenced meetings.
indicators-limits-i-06 = Public offices are always known, other seats rarely: where no civil-society seat is known, no value is given, only bounds. Meetings whose list does not tell civil society apart are unknown.
indicators-source-i-06 = Text that sets the composition, seat by seat; meetings on the record.

indicators-title-i-07 = Share of women and of youth
indicators-what-i-07 = Of the members, how many are women; and how many are young, where it is known.
indicators-formula-i-07 = Women ÷ members whose sex is known. Variants: gap to the quota, which is the share that the law demands less this share, never below zero (it counts nothing itself); youth ÷ members whose age is known.
indicators-limits-i-07 = A composition published by a source prevails; else the holders on the record. A source that does not count women leaves all members unknown. This is a census of the known committees, not a sample: no confidence interval.
indicators-source-i-07 = Law that sets a quota, where the record holds one, with its source; Security Council resolutions 1325 and 2250.

indicators-title-i-08 = Concentration of seats over families
indicators-what-i-08 = In how many hands civil society’s seats are, once organisations of one umbrella are taken together.
indicators-formula-i-08 = Sum of the squares of each family’s share of seats (Herfindahl–Hirschman index), from 0 (dispersed) to 1 (one family). A family is an umbrella that belongs to no other, with all its members; an organisation without an umbrella is its own family. 1 ÷ the index is the number of families of equal size that would weigh as much.
indicators-limits-i-08 = A seat held by a person whose organisation is not on the record is unknown: it opens the interval, from countless small hands to one. An organisation of several umbrellas counts for each with an equal part. Only recorded memberships count.
indicators-source-i-08 = Tuckman and Chang (1991) for the index; Chikoto, Ling and Neely (2016) on the level of aggregation.
indicators-title-i-09 = Seats designated by an overseen authority
indicators-what-i-09 = Of civil society’s seats that are filled, how many are filled by whom an authority that the committee oversees chooses.
indicators-formula-i-09 = Filled civil-society seats whose text gives the choice to an overseen authority ÷ filled civil-society seats whose text says who chooses.
indicators-limits-i-09 = What the text does not say is unknown. The indicator says who chooses, not how those chosen behave.
indicators-source-i-09 = Text that sets the composition, seat by seat: “designated by”.
indicators-title-i-10 = Representation without State ties, by territory
indicators-what-i-10 = In how many places at least one civil-society seat is held by an organisation of which no tie to the State is established.
indicators-formula-i-10 = Places where an organisation that holds a civil-society seat has none of these ties: created by the State (S1), leader appointed or approved (S2), leader in public or party office (S3), statutes that let the authority change its organs (S6), seat given by decree by name (S7) ÷ places where a committee must exist. The variant “people” weighs each place by its population, where it is known everywhere.
indicators-limits-i-10 = A tie of which nothing is said, or that is contested, is neither there nor absent: the place is then unknown and opens the interval. The indicator counts places and judges no organisation; these five criteria are a proposal.
indicators-source-i-10 = Profiles of ties in the register of organisations, with their evidence and the organisations’ replies; seats of each committee.
indicators-title-i-11 = Gap between text and reality
indicators-what-i-11 = How many seats that the text wants are without a holder.
indicators-formula-i-11 = 1 − (seats required and filled ÷ seats required), seat by seat: that is, empty seats ÷ seats required.
indicators-limits-i-11 = A seat of which the record says nothing is neither filled nor empty. Who sits by office is inferred from the committee’s installation, not observed: as long as the state of a single seat is not known, no value is given, only bounds. The list of empty seats is on each committee’s page.
indicators-source-i-11 = Text that sets the composition of the committee.

indicators-title-i-12 = Fairness of selections
indicators-what-i-12 = For each call to seats, how many of six points are had: published criteria, published list, commitments before the draw, a result that can be made again, quotas met, appeals open.
indicators-formula-i-12 = Points had ÷ points due, call by call; the value of the whole is the mean of the calls. A point that is not due yet is unknown, never zero.
indicators-limits-i-12 = An election has no seed: that point does not count for it. A nomination by an authority has neither a seed nor anything to make again: it does not have these two points, since it could have been a draw or a vote. Without published quotas the point of quotas does not count. Cancelled calls do not count; their reason is on their page. Each point is shown on the page of the call.
indicators-source-i-12 = Calls, lists, appeals, commitments and results on the record; the draw is made again from the lottery announced, the count from the ballots.
indicators-points-sum = { $due ->
    [one] { $had } point had of { $due } due.
   *[other] { $had } points had of { $due } due.
}
indicators-points-nomination = A nomination by an authority has neither a seed nor anything to make again: it does not have these two points.
indicators-point-criteria = Published criteria
indicators-point-list = Published list, with the reason of every exclusion
indicators-point-seed = Commitments made before the draw
indicators-point-replay = Result that can be made again from the record
indicators-point-quotas = Quotas met
indicators-point-appeals = Appeals open before what follows
indicators-point-yes = yes
indicators-point-no = no
indicators-point-unknown = not yet
indicators-point-apart = not applicable

indicators-title-i-27 = Acknowledgements in time
indicators-what-i-27 = Of the recommendations whose time to acknowledge has passed, how many were acknowledged in time.
indicators-formula-i-27 = Acknowledgements received by the due day ÷ recommendations whose due day has come, addressee by addressee. An answer counts as an acknowledgement.
indicators-limits-i-27 = Not in the computation: what is not yet due, what has no due day, paused clocks, and what its authors closed before the due day. Carrying the matter one rung up opens one more clock.
indicators-source-i-27 = Time set for each level, with what obliges or does not: see the rule on each recommendation.

indicators-title-i-28 = Answers in substance in time
indicators-what-i-28 = Of the recommendations whose time to answer has passed, how many received an answer in substance in time.
indicators-formula-i-28 = Answers in substance by the due day ÷ recommendations whose due day has come, addressee by addressee. In substance: each point asked is accepted with an action and a date or someone responsible, or refused with a reason, or held secret with the legal basis cited. Variant: any reply.
indicators-limits-i-28 = Not in the computation: what is not yet due, what has no due day, paused clocks, and what its authors closed before the due day. An extension counts when granted before the first due day passed; else the first due day stands.
indicators-source-i-28 = “Comply or explain” rule; time set for each level.

indicators-title-i-29 = Time to an answer in substance
indicators-what-i-29 = How many days an answer in substance takes, counting those still awaited.
indicators-formula-i-29 = Kaplan-Meier estimate from delivery to answer in substance. The value is the median: the day by which half have their answer. Also: the day of the first quarter, and the mean wait restricted to 180 days.
indicators-limits-i-29 = A running wait says “at least so many days”; leaving it out would flatter the slow. A recommendation closed without an answer is followed until its closing. Without a due day a recommendation is not in the computation. A median not reached is not a number. Where 180 days are not yet observed, the mean covers the time observed.
indicators-source-i-29 = Method of censored durations (Kaplan and Meier, 1958).

indicators-title-i-30 = Burden of silence
indicators-what-i-30 = For how many days overdue recommendations have been waiting, on average and in all.
indicators-formula-i-30 = Sum of days since the due day ÷ number of overdue recommendations without any reply. The count gives the total days and the number overdue. Variant: each weighs as its priority (3, 2 or 1); one whose priority nobody stated weighs nothing and counts as unknown.
indicators-limits-i-30 = The due day is not yet overdue. Any reply, even an evasive one, ends the silence; a closed recommendation waits no more. What has no due day is not counted.
indicators-source-i-30 = Public list of overdue replies, after the example of parliaments.

indicators-title-i-31 = Acceptance
indicators-what-i-31 = Of the points answered in substance, how many are accepted; and what refusals are worth.
indicators-formula-i-31 = Points accepted in whole, in part or otherwise ÷ points answered in substance. Variants: points accepted ÷ all positions taken; refusals with reasons ÷ refusals; refusals for secrecy ÷ refusals. A refusal for secrecy has a reason when it cites its legal basis.
indicators-limits-i-31 = A point counts once per addressee, by its newest answer. An acceptance without an action or a date is a position, not an answer in substance. Points passed on, evaded or deferred are neither yes nor no.
indicators-source-i-31 = “Comply or explain” rule; Universal Periodic Review.

indicators-title-i-32 = Implementation observed
indicators-what-i-32 = Of what should be done by now, how much is, by what civil society saw; and, apart, how much is under way.
indicators-formula-i-32 = Points observed as done ÷ accepted points whose agreed day has come and that somebody went to see. Apart: points observed as under way ÷ the same. The two are never added. For a set counted by a source: done ÷ total.
indicators-limits-i-32 = A point nobody went to see is unknown. The agreed day is the authority’s, or that of the point it accepted without another. What the authority declares does not enter here. “Done otherwise” counts as done and “partly done” as under way, never as done; the study we started from does not settle these two cases and counts recommendations, where we count their points, which the authority accepts one by one. Sets counted by a source are taken as they are, even where the source adds done and under way.
indicators-source-i-32 = Follow-up of national recommendations, where “done or under way” hid how few were done.

indicators-title-i-33 = Gap between declared and observed
indicators-what-i-33 = Of what the authority says it did and somebody went to see, how much was not done.
indicators-formula-i-33 = (Points declared done and seen − points seen done) ÷ points declared done and seen. Variant: share inspected = seen ÷ declared done.
indicators-limits-i-33 = An observation from before the declaration does not check it. What nobody went to see is unknown. A point counts once per addressee that declared it.
indicators-source-i-33 = Two-voiced follow-up (State and civil society); follow-up audits by an independent body.
indicators-example-activation = { $numerator } committees of { $denominator } have met a first time; half of them had within { $value }.
indicators-network = Network of umbrellas and seats
indicators-network-lead = Who is behind whom: umbrellas, the organisations that hold a civil-society seat, and the bodies where they sit. A full line is a seat, thicker for several; a broken line is a membership.
indicators-network-title = Umbrellas, organisations and bodies on { $day }
indicators-network-desc = Organisations that hold a seat: { $organisations }; umbrellas: { $umbrellas }; bodies: { $bodies }; seats: { $seats }; memberships: { $memberships }.
indicators-network-umbrellas = Umbrellas
indicators-network-organisations = Organisations
indicators-network-bodies = Bodies
indicators-network-empty = No organisation is on record as holder of a civil-society seat on this day.
indicators-network-more = The picture shows the first { $shown } of { $all } organisations, in alphabetical order; the list and the data have all of them.
indicators-network-list = The same lines in words
indicators-network-seats = { $count ->
    [one] one seat
   *[other] { $count } seats
}
indicators-network-member = member of { $umbrella }
indicators-network-exercise = Exercise

indicators-group-organisations = Organisations: funding, capacity, obligations
indicators-word-funding-declared = Funding declared, in bands
indicators-word-exposure-stated = Exposure to restrictions
indicators-word-capacity-assessed = Capacity assessment
indicators-word-obligation-set = Obligation
indicators-word-obligation-met = Obligation met
indicators-part-diversified = diversified
indicators-part-category-diversified = diversified, by kind of funder
indicators-part-moderate = moderate
indicators-part-category-moderate = moderate, by kind of funder
indicators-part-concentrated = concentrated
indicators-part-category-concentrated = concentrated, by kind of funder
indicators-part-dependent = dependent
indicators-part-category-dependent = dependent, by kind of funder
indicators-part-exposed-quarter = over a quarter of income
indicators-part-exposed-half = over half of income
indicators-part-reserve-under-3 = less than three months of reserve
indicators-part-d1 = D1 governance
indicators-part-gap-d1 = gap between own and peers, D1 governance
indicators-part-d2 = D2 management
indicators-part-gap-d2 = gap between own and peers, D2 management
indicators-part-d3 = D3 people
indicators-part-gap-d3 = gap between own and peers, D3 people
indicators-part-d4 = D4 resources and accounts
indicators-part-gap-d4 = gap between own and peers, D4 resources and accounts
indicators-part-d5 = D5 activities
indicators-part-gap-d5 = gap between own and peers, D5 activities
indicators-part-d6 = D6 relations
indicators-part-gap-d6 = gap between own and peers, D6 relations
indicators-part-d7 = D7 sustainability
indicators-part-gap-d7 = gap between own and peers, D7 sustainability
indicators-part-d8 = D8 security oversight
indicators-part-gap-d8 = gap between own and peers, D8 security oversight

indicators-title-i-13 = Organisations with concentrated funding
indicators-what-i-13 = Of the organisations of the register, how many live on few funders, by the bands that they declare. Nobody is named or ranked.
indicators-formula-i-13 = Organisations whose index by funder is surely over 0.25 ÷ organisations of which it is known on which side they are. The index of Herfindahl and Hirschman is the sum of squared shares. What is not told opens it: at least Σs², spread over a thousand hands; at most Σs² − m² + (m + u)², all of it with the largest known funder (wider than Σs² + u², which supposes a new hand). The variants give each band, by funder and by kind of funder: under 0.15; up to 0.25; up to 0.5; above.
indicators-limits-i-13 = An organisation that declares nothing is unknown, as is one whose bounds are on both sides of the cut-off, or whose last declared year is more than two years old. Bodies of the State and partners are not in it. The cut-offs come from competition law: a convention, not a norm. How funders are grouped changes the result: both are given.
indicators-source-i-13 = Tuckman and Chang, 1991; Chikoto, Ling and Neely, 2016. Declarations of the organisations, of which the public reads the bands only.
indicators-title-i-14 = Organisations exposed to a restriction
indicators-what-i-14 = Of the organisations of the register, how many have income that a restriction means, and how many have not three months of reserve.
indicators-formula-i-14 = Organisations of whose income a part is surely meant by a restriction in force or announced in that year ÷ organisations of which it is known. The part is: for a ban that names a funder or its country, what comes from there; for a levy, its rate on what it means. Of several restrictions the heaviest counts. Months of reserve = free reserves ÷ (cost of a year ÷ 12).
indicators-limits-i-14 = An authorisation or a report takes no money and is not counted. A ban on some activities that names no funder leaves the part unknown. A restriction told since the declaration counts once the organisation has said its exposure anew.
indicators-source-i-14 = Restrictions of the register, each with its source; bands declared by organisations.
indicators-title-i-16 = Capacity of organisations
indicators-what-i-16 = Where organisations stand, domain by domain, on a scale of 1 to 4, by their own assessment; and by how much their peers see it otherwise. Never a ranking.
indicators-formula-i-16 = For each organisation, the mean of the known items of a domain in its newest assessment; then the mean of these means. The whole counts only organisations whose eight domains are known. Gap = mean of |own − peers|.
indicators-limits-i-16 = No mean is given under five organisations. Who has made no assessment is unknown. An assessment says what people judged, not what an organisation is worth.
indicators-source-i-16 = Grid of the instance, a proposal, in the line of the SCAT and OCA grids, of which it copies no text; see /capacites/grille.
indicators-title-i-17 = Obligations said to be met in time
indicators-what-i-17 = Of the yearly obligations that fell due, how many organisations say that they met in time. This calendar protects: nobody is shown to be in default.
indicators-formula-i-17 = Obligations met by their day ÷ obligations that fell due and of which something is known. For each organisation and each yearly obligation that means its kind, the last due day counts.
indicators-limits-i-17 = What an organisation does not say is unknown, never a failure. Due days before an organisation was registered do not count, nor those that follow an event, which the record does not know. Due days are not verified: see their mark.
indicators-source-i-17 = Obligations of the pack, each with its basis and mark; what organisations recorded.
