# Calls to seats: candidacies, list, appeals, draw, election, nomination.

selection-nav = Calls to seats
selection-title = Calls to seats
selection-lead = Who may sit, by which criteria, and how they are found: draw, election or nomination. Everything needed to verify is published before the result.
selection-caption = Calls, newest first
selection-none = No call matches this search.
selection-none-here = No call of this body is on the record.
selection-all-here = All calls of this body
selection-nothing-awaits = No call awaits anything from you.
selection-calendar = Dates of open calls, for a calendar
selection-filter = Filter
selection-exercise = Exercise
selection-real = Real
selection-state-open = Under way
selection-state-over = Over
selection-instance = Those who keep this instance
selection-back = Back to the call
selection-title-one = { $count ->
    [one] Call to { $count } seat
   *[other] Call to { $count } seats
}
selection-column-id = Identifier
selection-column-call = Call
selection-column-body = Body
selection-column-seat = Seat
selection-column-seats = Seats
selection-column-method = Method
selection-column-stage = State
selection-column-standing = Candidates
selection-column-opened = Opened on
selection-column-ended = Ended on
selection-method-draw = Draw by lot
selection-method-election = Election by organisations
selection-method-nomination = Nomination by an authority
selection-stage-open = Open to candidates
selection-stage-examining = List to be published
selection-stage-appealing = Open to appeals
selection-stage-deciding = Appeals to decide
selection-stage-freezing = Pool to be frozen
selection-stage-committing = Commitments
selection-stage-revealing = Reveals
selection-stage-stalled = Without a seed
selection-stage-awaiting = Event awaited
selection-stage-drawing = To be drawn
selection-stage-voting = Ballot open
selection-stage-counting = Count
selection-stage-naming = Nomination awaited
selection-stage-drawn = Drawn by lot
selection-stage-counted = Elected
selection-stage-named = Named
selection-stage-cancelled = Cancelled
selection-now-open = Candidates may stand.
selection-now-examining = The secretary examines the candidates, then publishes the list.
selection-now-appealing = Whoever was excluded may appeal.
selection-now-deciding = At least one appeal awaits its decision.
selection-now-freezing = Appeals are over: the pool can be frozen.
selection-now-committing = Each party commits to a secret.
selection-now-revealing = Each party reveals its secret.
selection-now-stalled = Nobody committed, or revealed, in time: the rule for the seed is to be said anew.
selection-now-awaiting = The public event announced has not happened yet.
selection-now-drawing = The event has happened: once its outcome is recorded, the draw follows at once.
selection-now-voting = The organisations of the register vote.
selection-now-counting = The ballot is over; the clock counts.
selection-now-naming = The authority has not named yet.
selection-now-drawn = The draw is done; anyone can do it again.
selection-now-counted = The count is done; anyone can do it again.
selection-now-named = An authority named. There is nothing to do again.
selection-now-cancelled = The call found nobody. What had been done can still be read.
selection-date-closes = Last day to stand
selection-date-appeals = Last day to appeal
selection-date-vote = Last day to vote
selection-date-commit = Last day to commit
selection-date-reveal = Last day to reveal
selection-date-event = Day of the event
selection-dates = Dates
selection-part-seats = Seats and rule
selection-part-rule = The designating rule
selection-part-draw = For a draw
selection-part-election = For an election
selection-part-nomination = For a nomination
selection-part-seed = The seed of the draw
selection-open = Open a call
selection-open-lead = Everything written here is public and changes no more: criteria, quotas and the rule for the seed must be known before candidates stand.
selection-seat-optional = Which seat (leave empty where the call is for several)
selection-rule = The rule, as the text has it
selection-rule-hint = Copy the sentence of the text, do not sum it up.
selection-article = Article
selection-source = Source
selection-presentation = What else to know
selection-presentation-hint = Optional: where to hand in paper, allowance, term.
selection-criteria = Criteria
selection-criteria-hint = A criterion is about a specific fact that anyone can check. At least one.
selection-criterion-number = Criterion { $number }
selection-fact-number = Fact asked for criterion { $number }
selection-fact-asked = Fact asked for:
selection-quotas = Quotas
selection-quotas-lines = A line a value: feature ; value ; minimum ; maximum
selection-quotas-hint = Example: sex ; woman ; 1 ; 2. Features: sex, age, place, kind (of organisation), umbrella. A draw always keeps them; an election or a nomination is compared with them.
selection-quotas-caption = How many seats for each value
selection-quotas-not-forced = These quotas are published; the result is compared with them, but neither a vote nor a nomination is forced to them.
selection-no-quotas = No quota was set.
selection-feature = Feature
selection-value = Value
selection-min = Minimum
selection-max = Maximum
selection-seated = Seated
selection-met = met
selection-unmet = not met
selection-feature-sex = Sex
selection-feature-age = Age
selection-feature-place = Place
selection-feature-kind = Kind of organisation
selection-feature-umbrella = Umbrella
selection-closes-hint = That day included. YYYY-MM-DD or DD/MM/YYYY.
selection-appeal-days = Days to appeal
selection-appeal-days-hint = Counted from the publication of the list; 1 to 90.
selection-vote-days = Days to vote
selection-vote-days-hint = Counted from the freezing of the pool; 1 to 90.
selection-authority = Authority that names
selection-parties = Parties to the seed
selection-parties-hint = An organisation or a body a line, two at least. As long as one keeps its secret, nobody chooses the result.
selection-commit-hint = After appeals. Who has not committed by then is left out.
selection-reveal-hint = Later than commitments. Who has not revealed by then is left out.
selection-event = Public event
selection-event-hint = An event that nobody here decides, named without ambiguity. Example: numbers of the first draw of the national lottery on 28 December.
selection-written = How its outcome will be written
selection-written-hint = Example: the numbers in the order they come, two digits each, with a space between.
selection-event-on-hint = Later than reveals: nobody knows the result then.
selection-rule-anew = Say the rule for the seed anew
selection-rule-anew-lead = Possible while no secret is revealed. Commitments made before are void; everybody commits again.
selection-reason = Reason
selection-reason-hint = It is published.
selection-cancel = Cancel the call
selection-cancel-lead = The call ends without anybody. Nothing that was done is erased.
selection-file = Stand for this call
selection-file-lead = A candidacy is public. A name given here can be withdrawn later; the draw knows the identifier only.
selection-organisation = Organisation
selection-organisation-hint = Its name or acronym on the register. Empty where a person stands alone.
selection-person = Person who would sit
selection-person-hint = Optional for an organisation. Write a name only with the person’s consent: it is published.
selection-your-fact = Your fact for criterion { $code }
selection-your-fact-optional = What you say of criterion { $code } (optional)
selection-name-withdrawn = (name withdrawn)
selection-candidates = Candidates
selection-candidacies = Candidacies for seats
selection-standing = { $count ->
    [0] No candidate.
    [one] { $count } candidate.
   *[other] { $count } candidates.
}
selection-withdrawn-count = { $count ->
    [one] { $count } more was withdrawn.
   *[other] { $count } more were withdrawn.
}
selection-on-paper = handed in on paper
selection-filed-on = Filed on
selection-place = { $place ->
    [filed] Filed; the list is not published yet.
    [withdrawn] Withdrawn by whoever filed it.
    [eligible] On the list.
    [excluded] Kept off the list.
    [chosen] Chosen to sit.
    [alternate] Alternate.
   *[other] { $place }
}
selection-own = My candidacy: { $name }
selection-withdraw = Withdraw this candidacy
selection-withdraw-lead = Possible until the pool is frozen. After that, whoever is chosen may decline the seat, and an alternate takes it.
selection-nobody-stands = Nobody stands: the list can be published empty, or the call cancelled.
selection-publish = Publish the list
selection-list-lead = { $days ->
    [one] An exclusion names the criterion and the fact that shows it. Appeals are open { $days } day from today.
   *[other] An exclusion names the criterion and the fact that shows it. Appeals are open { $days } days from today.
}
selection-verdict = Decision
selection-verdict-eligible = Eligible
selection-verdict-excluded = Excluded
selection-not-met = Criterion not met (if excluded)
selection-ground = Fact that shows it
selection-ground-hint = What was seen, and where it can be checked. Published.
selection-list = List
selection-listed-on = Published on
selection-eligible = { $count ->
    [one] { $count } eligible candidate
   *[other] { $count } eligible candidates
}
selection-excluded = Excluded, and why
selection-nobody-excluded = Nobody was excluded.
selection-back-on-list = Admitted on appeal
selection-appeal = Appeal
selection-appeal-text = Why the exclusion has no ground
selection-appeal-hint = Answer the fact that was cited. Published.
selection-appeals = Appeals
selection-no-appeal = No appeal.
selection-appeal-admitted = Appeal admitted
selection-appeal-rejected = Appeal rejected
selection-undecided = To be decided
selection-decide = Decide this appeal
selection-freeze = Freeze the pool
selection-freeze-lead = Everybody’s chances are calculated, then published with their digest, before the seed exists. After that neither list nor quotas change.
selection-freeze-ballot-lead = The ballot paper is fixed and the ballot opens. After that the list changes no more.
selection-calculating = Calculating
selection-calculating-percent = Calculating: { $percent } %. This page comes back by itself; the rest of the site does not wait.
selection-calculated = The calculation is ready: press to publish and freeze.
selection-probabilities = Everybody’s chances
selection-probabilities-lead = { $panels ->
    [one] Candidates: { $count }; seats: { $seats }; a single panel by profiles. Each has a chance of at least { $least }, and no lottery within the quotas gives more to whoever has least.
   *[other] Candidates: { $count }; seats: { $seats }; { $panels } possible panels by profiles. Each has a chance of at least { $least }, and no lottery within the quotas gives more to whoever has least.
}
selection-probabilities-caption = Chances of being drawn, by profile
selection-type = Profile
selection-any-candidate = Any candidate
selection-members = Candidates
selection-chance = Chance of a seat
selection-types-more = The other profiles are in the transcript.
selection-seed-lead = The seed is a digest of the secrets revealed and of the outcome of the event. Who does not commit or reveal in time is left out; as the event comes later, silence gives no advantage.
selection-parties-caption = Parties, commitments and secrets
selection-party = Party
selection-as-party = For { $name }.
selection-commitment = Commitment
selection-secret = Secret
selection-left-out = left out
selection-not-yet = not yet
selection-stalled = No seed can come of this rule: the secretary says it anew, or cancels the call.
selection-commit = Commit to a secret
selection-commit-lead = Choose a secret on your own machine, keep it, and send its digest only. This command does both:
selection-commit-python = Without toguna, docs/tirage/engagement.py does the same with Python alone.
selection-commit-way = How
selection-commit-own = I have my digest
selection-commit-server = Let the server choose the secret and show it to me once
selection-commit-way-hint = The second is simpler, but whoever holds the server could have read the secret.
selection-commitment-hint = 64 hexadecimal digits; empty if the server chooses.
selection-secret-once = Your secret, shown this once
selection-secret-keep = Copy it and keep it to yourself until the day of reveals. It is kept nowhere here.
selection-reveal = Reveal my secret
selection-reveal-lead = Your secret becomes public. It is compared with the commitment.
selection-secret-hint = Small letters and digits, exactly as when you committed.
selection-draw = Record the outcome and draw
selection-event-lead = Once the outcome is recorded the draw follows in the same act: read it again.
selection-outcome = Outcome of the event
selection-outcome-again = The outcome, a second time
selection-outcome-where = Where anyone can check it
selection-vote = Vote
selection-vote-lead = Approve as many candidates as you like, { $most } at most. One ballot an organisation; it can be changed until the last day. Each group of organisations has its share of the seats (method of equal shares).
selection-vote-secrecy = Limits of secrecy: until the count, whoever holds the server can read ballots. Then they are published in groups of like ballots, without names, and deleted; where very few vote, or all alike, they can be guessed. Who voted is public.
selection-vote-for = Ballot of { $name }.
selection-voter = Organisation that votes
selection-approve = I approve
selection-count = Count
selection-count-lead = Method of equal shares, then Phragmén’s rule for the seats left; ties by an order out of the digest of the frozen pool.
selection-turnout = { $voters ->
    [one] { $voters } organisation of { $electors } voted.
   *[other] { $voters } organisations of { $electors } voted.
}
selection-round-support = { $count ->
    [one] { $count } approval
   *[other] { $count } approvals
}
selection-round-shares = paid by the shares of those who approve
selection-round-completion = seat left, Phragmén’s rule
selection-ballots = Ballots
selection-ballots-alike = { $count ->
    [one] { $count } ballot:
   *[other] { $count } ballots:
}
selection-ballot-blank = blank
selection-voters = Organisations that voted
selection-name = Record the nomination
selection-name-lead = A nomination is recorded as such: who named, by which act, for which reasons. It is neither a vote nor a draw.
selection-act = Act (decision, order, letter)
selection-act-day = Day of the act
selection-act-file = The act, as a file
selection-named-candidates = Named among the candidates
selection-named-others = Named without having stood
selection-named-person = Person { $number }
selection-named-organisation = Organisation { $number }
selection-named-reason = Reasons that the authority gave
selection-named-by = Named by { $name }, { $act }
selection-named-as-such = Nomination by an authority: neither a vote nor a draw.
selection-had-not-stood = had not stood
selection-no-reason = The authority gave no reason.
selection-result-drawn = Drawn by lot on
selection-result-counted = Elected, counted on
selection-result-named = Nomination recorded on
selection-vacant = { $count ->
    [one] { $count } seat stays vacant.
   *[other] { $count } seats stay vacant.
}
selection-fill = Record who holds the seat
selection-alternates = Alternates
selection-alternates-lead = In this order: a vacant seat goes to the first with whom every quota holds again.
selection-story = All acts
selection-verify = Verify it yourself
selection-verify-lead = Download the transcript, then run either command; neither believes anything of this site:
selection-pool-digest = Digest of the pool
selection-quotas-digest = Digest of the quotas
selection-lottery-digest = Digest of the lottery
selection-algorithm = Algorithm
selection-seed = Seed
selection-file-candidacies = All candidacies (CSV)
selection-file-pool = Frozen pool (CSV)
selection-file-quotas = Quotas (CSV)
selection-file-transcript = Transcript (JSON)
selection-file-ballots = Ballots, without names (CSV)
selection-word-call-opened = Call opened
selection-word-candidacy-filed = Candidacy
selection-word-candidacy-withdrawn = Candidacy withdrawn
selection-word-eligible-list-published = List published
selection-word-appeal-filed = Appeal
selection-word-appeal-decided = Appeal decided
selection-word-pool-frozen = Pool frozen
selection-word-seed-rule-set = Rule for the seed said anew
selection-word-seed-committed = Commitment
selection-word-seed-revealed = Secret revealed
selection-word-event-valued = Outcome of the event
selection-word-panel-drawn = Draw
selection-word-ballots-counted = Ballot counted
selection-word-nomination-recorded = Nomination
selection-word-call-cancelled = Call cancelled
selection-hint-min = Lower the minimum of “{ $value }” ({ $feature }) from { $from } to { $to }.
selection-hint-max = Raise the maximum of “{ $value }” ({ $feature }) from { $from } to { $to }.
selection-hint-seats = Lower the number of seats from { $from } to { $to }: there are no more candidates.
selection-refused-seats = Seats are from 1 to 100.
selection-refused-method = Choose: draw, election or nomination.
selection-refused-rule = Write the designating rule, as the text has it.
selection-refused-source = No such source is cited on the record: choose one of the list, or leave it empty.
selection-refused-criterion = Write at least one criterion: without a published one, an exclusion would have no ground.
selection-refused-fact-alone = A fact is asked for without a criterion ({ $code }): write the criterion, or clear the fact.
selection-refused-quota = Quotas, line { $line }: “{ $text }” cannot be read. Write: sex ; woman ; 1 ; 2.
selection-refused-quota-upside = Quotas, line { $line }: the minimum is above the maximum. Correct one of them.
selection-refused-quota-twice = Quotas, line { $line }: “{ $value }” has a line already. Keep one of them.
selection-refused-quotas-many = No more than 60 lines of quotas.
selection-refused-minima = Minima ({ $feature }) sum to { $sum } for { $seats } seats. Lower some, or call more seats.
selection-refused-maxima = Maxima ({ $feature }) sum to { $sum } for { $seats } seats; some would be nobody’s. Raise some.
selection-refused-closes = The last day to stand is tomorrow at the earliest, a year from now at the latest.
selection-refused-window = Write a number of days, from 1 to 90.
selection-refused-parties = Name 2 to 12 parties, one a line.
selection-refused-party-unknown = “{ $name }” is the name of no organisation or body, or of several: write the exact name or the identifier.
selection-refused-party-twice = “{ $name }” is named twice.
selection-refused-event = Say the event and how its outcome will be written: otherwise one could choose how to read it.
selection-refused-commit-by = Commitments come after appeals and freezing: { $day } at the earliest.
selection-refused-reveal-by = The last day to reveal comes after the last day to commit.
selection-refused-event-on = The event comes after the last day to reveal: otherwise whoever reveals last would know the result.
selection-refused-authority = Name the authority, as on the register of bodies.
selection-refused-no-draw = This call is no draw under way: it has no rule for a seed to be said.
selection-refused-over = This call is over: what is done stays.
selection-refused-closed = Candidates can stand no more. Ask the secretary when the next call comes.
selection-refused-nobody = Say who stands: an organisation, a person, or both.
selection-refused-organisation = No organisation of the register bears this name, or several do: write the exact name or the identifier.
selection-refused-stands = This organisation stands already. Withdraw the first candidacy before filing another.
selection-refused-world = An exercise calls organisations of the exercise only, and a real call real ones only.
selection-refused-trait = Choose a value ({ $feature }): quotas rest on it.
selection-refused-fact = Give the fact that criterion { $code } asks for.
selection-refused-full = This call has 2,000 candidacies. The secretary must cancel it and open several.
selection-refused-not-standing = This candidacy cannot be withdrawn: it was already, it is excluded, or the pool is frozen.
selection-refused-still-open = The list is published once candidates can stand no more.
selection-refused-listed = The list is published already. A mistake is mended by an appeal.
selection-refused-undecided = Decide each candidacy ({ $name }): eligible, or excluded.
selection-refused-ground = An exclusion without ground is not taken ({ $name }): choose the criterion that is not met and write the fact that shows it, or admit the candidate.
selection-refused-excluded-many = No more than 150 exclusions in a list.
selection-refused-no-window = Appeals are not open today.
selection-refused-not-excluded = This candidacy is not excluded: there is nothing to appeal.
selection-refused-appealed = An appeal is already filed for this candidacy.
selection-refused-text = Write it: it is what everybody will read.
selection-refused-verdict = Choose: admitted or rejected.
selection-refused-decided = This appeal is decided, or the pool is frozen.
selection-refused-nobody-eligible = No candidate is eligible: cancel the call and open another.
selection-refused-not-freezing = The pool is frozen once the list is published and appeals are over and decided.
selection-refused-infeasible = No panel meets all quotas with these candidates. The smallest change that would do is said below: cancel this call with that reason, and open another with those quotas. Candidacies can still be read.
selection-refused-pool-changed = A candidacy changed during the calculation: press again, it is made anew.
selection-refused-too-hard = These quotas are too entangled to be calculated: cancel, and open a call with fewer features or wider quotas.
selection-refused-no-result = The calculation gave no result. Tell whoever holds the server; nothing is lost.
selection-refused-election-large = An election has at most 300 candidates and 300 organisations: call by smaller places.
selection-refused-no-party = You act for no party to this seed.
selection-refused-not-committing = Commitments are not open: they come after the pool is frozen, until the last day said.
selection-refused-not-revealing = Reveals are not open: they come once all parties have committed, or their last day is over.
selection-refused-digest = A digest has 64 hexadecimal digits (0 to 9, a to f). Copy the one that the command gave.
selection-refused-committed = This party has committed already: a commitment does not change.
selection-refused-not-committed = This party had not committed: it is left out.
selection-refused-revealed-already = This secret is revealed already.
selection-refused-secret = A secret has 16 to 128 small letters and digits, without spaces or accents.
selection-refused-not-matching = This is not the secret of the commitment. Look for the exact one; nothing was published, you can try again.
selection-refused-rule-stands = A secret is revealed: the rule changes no more. If the event did not happen, cancel the call.
selection-refused-event-to-come = The event is on { $day }: come back after it.
selection-refused-not-drawing = The draw comes after freezing, reveals and the event.
selection-refused-outcome = Write the outcome as the rule says: letters, digits, spaces, points and dashes, 120 at most.
selection-refused-outcomes = The two writings of the outcome differ. Read it again at its source.
selection-refused-no-lottery = The lottery announced can no longer be read, or the seed cannot be made. Tell whoever holds the server; nothing is lost.
selection-refused-not-voting = The ballot is not open.
selection-refused-elector = Your organisation does not vote here: those of the register do, registered before the freeze and seated within the body’s place.
selection-refused-approved-many = No more than 20 candidates a ballot.
selection-refused-no-candidate = One of these is no candidate here.
selection-refused-no-nomination = This call awaits no nomination today.
selection-refused-act = Cite the act by which the authority named.
selection-refused-later = That day has not come yet.
selection-refused-nominees = Name 1 to { $seats } people or organisations.
