# Room “institutions”: who sits where.
institutions-nav = Bodies
institutions-nav-places = Places
institutions-title = Bodies and authorities
institutions-shortcuts = Straight to:
institutions-shortcut-installed = bodies said to be installed or attested
institutions-lead = The bodies that texts provide, those that sources say were installed or attest, and the authorities one writes to.
institutions-caption = Bodies, by name
institutions-caption-count = { $count ->
    [one] One body
   *[other] { $count } bodies, by name
}
institutions-overview = All kinds and all regions
institutions-places-of-seat = { $first } to { $last }
institutions-by-kind = By kind
institutions-by-region = By region
institutions-by-region-text = Everything within each region, communes included. Where nothing is said, no source names an installed body: that does not mean there is none.
institutions-of-which-installed = { $count ->
    [one] of which one said installed by a source
   *[other] of which { $count } said installed by a source
}
institutions-shortcut-all = all { $count } bodies, by name
institutions-none = No body answers this search.
institutions-unknown-is-not-no = “—” under “Installed”: no source says so. It does not mean “not installed”.
institutions-new = Enter a body
institutions-exercise = exercise
institutions-filter = Filter
institutions-column-id = Id
institutions-column-name = Name
institutions-column-kind = Kind
institutions-column-level = Level
institutions-column-place = Place
institutions-column-parent = In
institutions-column-installed = Installed
institutions-column-precision = Exactness of the date
institutions-column-seat = Seat
institutions-column-ordinal = Rank
institutions-column-how = Nature
institutions-column-constituency = Constituency
institutions-column-designated = Designated by
institutions-column-state = State
institutions-column-holder = Holder
institutions-column-sex = Sex
institutions-column-youth = Counted as young
institutions-column-since = Since
institutions-column-reserved = Reserved
institutions-column-count = Number
institutions-column-text = Text
institutions-column-confidence = Reading of the text
institutions-column-source = Source
institutions-column-time = Period
institutions-column-reason = Reason
institutions-column-centre = Centre or seat
institutions-column-scheme = Scheme
institutions-column-value = Code
institutions-verified = read
institutions-installed = said to be installed or attested
institutions-installed-unknown = installation not known
institutions-attested = attested, by { $day } at the latest
institutions-feed = Installations
institutions-feed-item = { $name }: installed, { $day }
institutions-exists = Exists
institutions-ground = Text or source that provides it
institutions-required = Number the texts require
institutions-required-count = { $count }
institutions-meets = Meets
institutions-every-month = every month
institutions-every-quarter = every quarter
institutions-note = Note
institutions-function-steering = steering
institutions-function-executive = executive
institutions-function-cell = cell
institutions-function-consultative = consultative
institutions-function-authority = authority
institutions-function-oversight = oversight
institutions-function-legislature = legislature
institutions-function-other = other
institutions-seats = Seats
institutions-seats-of = Seats: { $body }
institutions-seats-caption = Seats in the order of the text
institutions-seats-tally = Filled: { $filled }; vacant: { $vacant }; suspended: { $suspended }; not known: { $unknown }.
institutions-no-seats = No seat is described for this body.
institutions-uncounted = { $count ->
    [one] For { $count } kind of seat the number is not known: it is shown once, or once for each holder known.
   *[other] For { $count } kinds of seats the number is not known: each is shown once, or once for each holder known.
}
institutions-texts = Where these seats come from
institutions-text-unknown = Text not given
institutions-former = Former holders ({ $count })
institutions-picture-title = Seats on { $day }: { $body }
institutions-chair = chairs
institutions-by-right = by right of office
institutions-overseen = authority under oversight
institutions-how-ex-officio = ex officio
institutions-how-category = by category
institutions-how-nominative = nominative
institutions-state-filled = filled
institutions-state-vacant = vacant
institutions-state-suspended = suspended
institutions-state-unknown = not known
institutions-unnamed = filled, name not known
institutions-names-gone = Names withdrawn
institutions-name-withdrawn = name withdrawn from the record
institutions-compositions = Compositions given by sources
institutions-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
institutions-women = women
institutions-women-count = { $count ->
    [one] of whom { $count } woman
   *[other] of whom { $count } women
}
institutions-youth-count = { $count ->
    [one] of whom { $count } young
   *[other] of whom { $count } young
}
institutions-not-said = { $what }: number not said
institutions-sits-in = Sits in
institutions-constituency-civil-society = Civil society
institutions-constituency-executive = Executive
institutions-constituency-women = Women
institutions-constituency-forces = Defence and security forces
institutions-constituency-youth = Youth
institutions-constituency-elected = Elected
institutions-constituency-religious = Religious denominations
institutions-constituency-customary = Customary authorities
institutions-constituency-administration = Administration
institutions-constituency-justice = Justice
institutions-constituency-parliament = Parliament
institutions-constituency-movement = Signatory movements
institutions-constituency-other = Others
institutions-reason-term-ended = end of term
institutions-reason-resigned = resignation
institutions-reason-replaced = replacement
institutions-reason-removed = removal
institutions-reason-dissolution = dissolution
institutions-reason-died = death
institutions-reason-unknown = reason not known
institutions-reason-special-delegation = special delegation
institutions-reason-suspended-by-event = suspended by an event
institutions-reason-not-designated = nobody designated
institutions-act-install = Record the installation
institutions-act-fill = Fill a seat
institutions-act-end = Record a departure
institutions-act-interrupt = Record a vacancy or suspension
institutions-record = Write on the record
institutions-places-title = Places
institutions-places-lead = The territory as it was divided on the day looked at: names, codes, dated ties.
institutions-places-caption = Places, by name
institutions-no-places = No place answers this search.
institutions-within = Within
institutions-regions = First level
institutions-regions-count = Regions and equal rank: { $count }
institutions-bodies-here = Bodies of the place
institutions-bodies-within = All bodies of this place and of those in it
institutions-children = What lies in the place
institutions-division = Successive divisions
institutions-division-caption = Ties of this place
institutions-formerly-caption = Places formerly tied to it
institutions-codes = Codes
institutions-codes-caption = A code holds only with its scheme and its period
institutions-counts = Figures given by sources
institutions-subject-installed-bodies = installed bodies
institutions-subject-places = places
institutions-held-from = since: { $day }
institutions-held-to = until: { $day }
institutions-reserved-female = reserved for a woman
institutions-reserved-male = reserved for a man
institutions-subject-sex-quota = least share of either sex that the law demands, per cent
institutions-variants = Other spellings
institutions-map-here = this place
institutions-map-place = Where { $place } lies
institutions-map-title = { $kind }: installations known by { $day }
institutions-map-desc = { $count ->
    [one] { $count } of { $of } places has a body that sources say was installed or attest (attested only, day of installation not known: { $attested }); of the others it is not known.
   *[other] { $count } of { $of } places have a body that sources say were installed or attest (attested only, day of installation not known: { $attested }); of the others it is not known.
}
institutions-map-yes = installed or attested, says a source
institutions-map-source = General outlines for orientation: they settle no boundary.
institutions-home-title = Committees installed
institutions-home-of = { $count } of { $of }
institutions-home-installed = installed by { $day }, says the source
institutions-home-uncounted = no count published by this date
institutions-name-en = Name in English
institutions-day-installed = Day of installation
institutions-day-left = First day without this holder
institutions-precision-day = exact day
institutions-precision-month = month only
institutions-precision-year = year only
institutions-precision-attested = existed by that day
institutions-holder-kind = Who sits
institutions-holder-person = a named person
institutions-holder-organisation = an organisation
institutions-holder-office = whoever holds an office
institutions-holder-unnamed = someone whose name is not known
institutions-sent = Person the organisation sends
institutions-sex-female = woman
institutions-sex-male = man
institutions-until = Until
institutions-hint-source = Leave empty where no public source is cited.
institutions-hint-name = As the text writes it.
institutions-hint-place = Name or id of the place. Leave empty for a body without territory.
institutions-hint-exists = First day it exists. Leave empty where it is not known.
institutions-hint-ordinal = Among several such seats, from 1.
institutions-hint-all-places = Leave empty for all seats of this kind.
institutions-hint-holder = Name of the person, organisation or office. Write public names only.
institutions-hint-sent = Only if their name is public.
institutions-hint-since = First day. Leave empty where it is not known.
institutions-hint-past = Only for a holding that is over: the first day it was no more, and why.
institutions-hint-left = The day after the last day held.
institutions-hint-until = First day it is so no more. Leave empty while it lasts.
institutions-refused-future = This day is to come: write what has happened.
institutions-refused-before-body = The body exists since { $day }: give that day or a later one.
institutions-refused-after-body = The body exists no more since { $day }: give an earlier day.
institutions-refused-installed = The installation is already on the record, on { $day }.
institutions-refused-seat = No text gives this seat to this kind of body: choose from the list.
institutions-refused-ordinal = The rank goes from 1 to { $most } for this seat.
institutions-refused-before-seat = This seat exists since { $day }: give that day or a later one.
institutions-refused-held = This seat has a holder at that time: record their departure first.
institutions-refused-female = The text keeps this seat for a woman.
institutions-refused-male = The text keeps this seat for a man.
institutions-refused-ended-first = The end must follow the beginning.
institutions-refused-no-reason = Give the end and its reason together, or neither.
institutions-refused-reason = Choose a reason from the list.
institutions-refused-holding = Choose a holder from the list.
institutions-refused-ended = This holding is over already, since { $day }.
institutions-refused-still-held = Somebody holds this seat on that day: record their departure first.
institutions-refused-kind = Choose a kind of body from the list.
institutions-refused-level = This place is not of the level of this kind of body.
institutions-refused-taken = This place has a body of this kind already.
institutions-attendance = Attendance
institutions-attendance-lead = Who came, seat by seat. A meeting whose attendance was not taken says nothing of anybody.
institutions-attendance-no-sitting = No meeting of this body is on the record: record the meeting first.
institutions-attendance-taken = attendance taken
institutions-attendance-not-taken = attendance not taken
institutions-attendance-take = Take attendance
institutions-attendance-again = Correct attendance
institutions-attendance-form = Meeting of { $day }. Say for each seat who came; leave empty what you do not know.
institutions-attendance-present = The meeting as recorded counts { $count } present.
institutions-attendance-seats = Seats
institutions-attendance-counts = Seats taken at this meeting: { $there } of { $said } of which something is known; the text gives { $seats }.
institutions-attendance-entry = The entry of the record that says so
institutions-presence-present = present
institutions-presence-represented = represented
institutions-presence-excused = excused
institutions-presence-absent = absent
institutions-column-attended = Attendance over twelve months
institutions-attended-of = { $there } of { $of }
institutions-compared = The text, the named, the present
institutions-compared-lead = What the text gives, who is named, who came to a meeting at least in the last twelve months: the three side by side, for every installed body.
institutions-compared-sum = Seats given by the text: { $text }. Named holder: { $named }; without holder: { $empty }; not known: { $named_unknown }. Came to a meeting at least: { $attended }; to none: { $absent }; not known: { $attended_unknown }.
institutions-compared-caption = Seats by constituency
institutions-compared-none = No installed body has seats on the record.
institutions-compared-over = { $count ->
    [one] One installed body.
   *[other] { $count } installed bodies.
}
institutions-compared-bodies = Bodies
institutions-compared-text = Given by the text
institutions-compared-named = Named holder
institutions-compared-unnamed = Filled, by whom is not known
institutions-compared-empty = Without holder
institutions-compared-unknown = Holder not known
institutions-compared-attended = Came once at least
institutions-compared-absent = Came to no meeting
institutions-compared-attended-unknown = Attendance not known
institutions-compared-limits = A seat of which nothing is known is neither empty nor absent: it is counted apart. A seat whose number the text does not give counts for those of which something is known, and for one at least.
institutions-compared-no-attendance = No attendance was taken in the last twelve months.
institutions-compared-of-sittings = { $count ->
    [one] Attendance taken at one meeting in the last twelve months.
   *[other] Attendance taken at { $count } meetings in the last twelve months.
}
institutions-compared-missing = Seats that the text gives and that are without holder:
institutions-compared-never = Seats that were taken at none of the meetings whose attendance was taken:
institutions-matrix = Bodies and organisations
institutions-matrix-lead = Which organisation holds which seat, body by body. A dot means: no known seat.
institutions-matrix-none = No organisation is on record as holder of a seat on this day.
institutions-matrix-caption = { $bodies ->
    [one] One body
   *[other] { $bodies } bodies
} and { $organisations ->
    [one] one organisation
   *[other] { $organisations } organisations
}
institutions-matrix-more = { $shown } organisations of { $all } fit on this page, in alphabetical order; the data (CSV, JSON) have all of them.
institutions-matrix-body = Body
institutions-matrix-no-seat = no known seat
institutions-matrix-filter = Show
institutions-refused-sitting = This meeting is not on record for this body: record the meeting first.
institutions-refused-nobody-said = Say of one seat at least who came.
institutions-refused-more-than-present = The meeting as recorded counts { $most } present: you say more. Correct the attendance, or record the meeting with the right number.
institutions-refused-source-missing = Cite the source that says who holds this seat: without it nobody can check. The body’s secretary can record it without a source.
