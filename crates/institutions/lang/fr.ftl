# Salle « institutions » : qui siège où.
institutions-nav = Instances
institutions-nav-places = Lieux
institutions-title = Instances et autorités
institutions-shortcuts = Aller droit à :
institutions-shortcut-installed = les organes dits installés ou attestés
institutions-lead = Les organes que les textes prévoient, ceux que des sources disent installés ou qu’elles attestent, et les autorités à qui l’on s’adresse.
institutions-caption = Organes, par nom
institutions-caption-count = { $count ->
    [one] Un organe
   *[other] { $count } organes, par nom
}
institutions-overview = Toutes les sortes et toutes les régions
institutions-places-of-seat = { $first } à { $last }
institutions-by-kind = Par sorte
institutions-by-region = Par région
institutions-by-region-text = Tout ce qui se trouve dans chaque région, communes comprises. Là où rien n’est dit, aucune source ne nomme d’organe installé : cela ne veut pas dire qu’il n’y en a pas.
institutions-of-which-installed = { $count ->
    [one] dont un dit installé par une source
   *[other] dont { $count } dits installés par une source
}
institutions-shortcut-all = les { $count } organes, par nom
institutions-none = Aucun organe ne répond à cette recherche.
institutions-unknown-is-not-no = « — » dans la colonne « Installé » : aucune source ne le dit. Cela ne veut pas dire « non installé ».
institutions-new = Inscrire un organe
institutions-exercise = exercice
institutions-filter = Filtrer
institutions-column-id = Identifiant
institutions-column-name = Nom
institutions-column-kind = Sorte
institutions-column-level = Niveau
institutions-column-place = Lieu
institutions-column-parent = Dans
institutions-column-installed = Installé
institutions-column-precision = Précision de la date
institutions-column-seat = Siège
institutions-column-ordinal = Rang
institutions-column-how = Nature
institutions-column-constituency = Collège
institutions-column-designated = Désigné par
institutions-column-state = État
institutions-column-holder = Titulaire
institutions-column-sex = Sexe
institutions-column-youth = Compté parmi les jeunes
institutions-column-since = Depuis le
institutions-column-reserved = Réservé
institutions-column-count = Nombre
institutions-column-text = Texte
institutions-column-confidence = Lecture du texte
institutions-column-source = Source
institutions-column-time = Période
institutions-column-reason = Motif
institutions-column-centre = Centre ou chef-lieu
institutions-column-scheme = Système
institutions-column-value = Code
institutions-verified = lu
institutions-installed = dit installé ou attesté
institutions-installed-unknown = installation non connue
institutions-attested = attesté, au plus tard le { $day }
institutions-feed = Installations
institutions-feed-item = { $name } : installation, { $day }
institutions-exists = Existe
institutions-ground = Texte ou source qui le prévoit
institutions-required = Nombre prévu par les textes
institutions-required-count = { $count }
institutions-meets = Se réunit
institutions-every-month = chaque mois
institutions-every-quarter = chaque trimestre
institutions-note = Note
institutions-function-steering = orientation
institutions-function-executive = exécution
institutions-function-cell = cellule
institutions-function-consultative = consultation
institutions-function-authority = autorité
institutions-function-oversight = contrôle
institutions-function-legislature = assemblée
institutions-function-other = autre
institutions-seats = Sièges
institutions-seats-of = Sièges : { $body }
institutions-seats-caption = Sièges dans l’ordre du texte
institutions-seats-tally = Pourvus : { $filled } ; vacants : { $vacant } ; suspendus : { $suspended } ; sans information : { $unknown }.
institutions-no-seats = Aucun siège n’est décrit pour cet organe.
institutions-uncounted = { $count ->
    [one] Pour { $count } sorte de siège, le nombre n’est pas connu : elle est montrée une fois, ou autant de fois qu’on lui connaît de titulaires.
   *[other] Pour { $count } sortes de sièges, le nombre n’est pas connu : chacune est montrée une fois, ou autant de fois qu’on lui connaît de titulaires.
}
institutions-texts = D’où viennent ces sièges
institutions-text-unknown = Texte non indiqué
institutions-former = Anciens titulaires ({ $count })
institutions-picture-title = Sièges au { $day } : { $body }
institutions-chair = préside
institutions-by-right = siège de droit
institutions-overseen = autorité contrôlée
institutions-how-ex-officio = de droit
institutions-how-category = par catégorie
institutions-how-nominative = nominatif
institutions-state-filled = pourvu
institutions-state-vacant = vacant
institutions-state-suspended = suspendu
institutions-state-unknown = non connu
institutions-unnamed = pourvu, nom non connu
institutions-names-gone = Noms retirés
institutions-name-withdrawn = nom retiré du registre
institutions-compositions = Compositions données par des sources
institutions-members = { $count ->
    [one] { $count } membre
   *[other] { $count } membres
}
institutions-women = femmes
institutions-women-count = { $count ->
    [one] dont { $count } femme
   *[other] dont { $count } femmes
}
institutions-youth-count = { $count ->
    [one] dont { $count } jeune
   *[other] dont { $count } jeunes
}
institutions-not-said = { $what } : nombre non dit
institutions-sits-in = Siège dans
institutions-constituency-civil-society = Société civile
institutions-constituency-executive = Exécutif
institutions-constituency-women = Femmes
institutions-constituency-forces = Forces de défense et de sécurité
institutions-constituency-youth = Jeunes
institutions-constituency-elected = Élus
institutions-constituency-religious = Confessions religieuses
institutions-constituency-customary = Autorités coutumières
institutions-constituency-administration = Administration
institutions-constituency-justice = Justice
institutions-constituency-parliament = Parlement
institutions-constituency-movement = Mouvements signataires
institutions-constituency-other = Autres
institutions-reason-term-ended = fin de mandat
institutions-reason-resigned = démission
institutions-reason-replaced = remplacement
institutions-reason-removed = révocation
institutions-reason-dissolution = dissolution
institutions-reason-died = décès
institutions-reason-unknown = motif non connu
institutions-reason-special-delegation = délégation spéciale
institutions-reason-suspended-by-event = suspendu par un événement
institutions-reason-not-designated = aucune désignation
institutions-act-install = Inscrire l’installation
institutions-act-fill = Pourvoir un siège
institutions-act-end = Inscrire un départ
institutions-act-interrupt = Inscrire une vacance ou une suspension
institutions-record = Inscrire au registre
institutions-places-title = Lieux
institutions-places-lead = Le territoire tel qu’il était découpé au jour regardé : noms, codes, rattachements datés.
institutions-places-caption = Lieux, par nom
institutions-no-places = Aucun lieu ne répond à cette recherche.
institutions-within = Dans le lieu
institutions-regions = Premier niveau
institutions-regions-count = Régions et rang égal : { $count }
institutions-bodies-here = Organes du lieu
institutions-bodies-within = Tous les organes de ce lieu et de ceux qu’il contient
institutions-children = Ce que le lieu contient
institutions-division = Découpages successifs
institutions-division-caption = Rattachements de ce lieu
institutions-formerly-caption = Lieux qui lui étaient rattachés
institutions-codes = Codes
institutions-codes-caption = Un code ne vaut qu’avec son système et sa période
institutions-counts = Chiffres donnés par des sources
institutions-subject-installed-bodies = organes installés
institutions-subject-places = lieux
institutions-held-from = depuis : { $day }
institutions-held-to = jusqu’à : { $day }
institutions-reserved-female = réservé à une femme
institutions-reserved-male = réservé à un homme
institutions-subject-sex-quota = part minimale de chaque sexe que la loi demande, pour cent
institutions-variants = Autres graphies
institutions-map-here = ce lieu
institutions-map-place = Où se trouve { $place }
institutions-map-title = { $kind } : installations connues au { $day }
institutions-map-desc = { $count ->
    [one] { $count } lieu sur { $of } a un organe que des sources disent installé ou qu’elles attestent (attesté seulement, jour d’installation non connu : { $attested }) ; pour les autres, on ne sait pas.
   *[other] { $count } lieux sur { $of } ont un organe que des sources disent installé ou qu’elles attestent (attestés seulement, jour d’installation non connu : { $attested }) ; pour les autres, on ne sait pas.
}
institutions-map-yes = installé ou attesté, selon une source
institutions-map-source = Contours généraux, pour s’orienter : ils ne font foi d’aucune limite.
institutions-home-title = Comités installés
institutions-home-of = { $count } sur { $of }
institutions-home-installed = installés au { $day }, selon la source
institutions-home-uncounted = aucun compte publié à cette date
institutions-name-en = Nom en anglais
institutions-day-installed = Jour de l’installation
institutions-day-left = Premier jour sans ce titulaire
institutions-precision-day = jour exact
institutions-precision-month = mois seulement
institutions-precision-year = année seulement
institutions-precision-attested = existait au plus tard ce jour
institutions-holder-kind = Qui siège
institutions-holder-person = une personne nommée
institutions-holder-organisation = une organisation
institutions-holder-office = le titulaire d’un office
institutions-holder-unnamed = quelqu’un dont le nom n’est pas connu
institutions-sent = Personne que l’organisation envoie
institutions-sex-female = femme
institutions-sex-male = homme
institutions-until = Jusqu’au
institutions-hint-source = Laissez vide si aucune source publique n’est citée.
institutions-hint-name = Tel que le texte l’écrit.
institutions-hint-place = Nom ou identifiant du lieu. Laissez vide pour un organe sans territoire.
institutions-hint-exists = Premier jour d’existence. Laissez vide s’il n’est pas connu.
institutions-hint-ordinal = Parmi plusieurs sièges semblables, à partir de 1.
institutions-hint-all-places = Laissez vide pour tous les sièges de cette sorte.
institutions-hint-holder = Nom de la personne, de l’organisation ou de l’office. N’inscrivez que des noms publics.
institutions-hint-sent = Seulement si son nom est public.
institutions-hint-since = Premier jour. Laissez vide s’il n’est pas connu.
institutions-hint-past = Seulement pour un mandat déjà fini : le premier jour où il ne l’était plus, et pourquoi.
institutions-hint-left = Le lendemain du dernier jour de mandat.
institutions-hint-until = Premier jour où ce n’est plus le cas. Laissez vide si cela dure.
institutions-refused-future = Ce jour est à venir : inscrivez ce qui a eu lieu.
institutions-refused-before-body = L’organe existe depuis le { $day } : donnez ce jour ou un jour plus tardif.
institutions-refused-after-body = L’organe n’existe plus depuis le { $day } : donnez un jour plus ancien.
institutions-refused-installed = L’installation est déjà inscrite au { $day }.
institutions-refused-seat = Aucun texte ne donne ce siège à cette sorte d’organe : choisissez dans la liste.
institutions-refused-ordinal = Le rang va de 1 à { $most } pour ce siège.
institutions-refused-before-seat = Ce siège existe depuis le { $day } : donnez ce jour ou un jour plus tardif.
institutions-refused-held = Ce siège a déjà un titulaire à cette date : inscrivez d’abord son départ.
institutions-refused-female = Le texte réserve ce siège à une femme.
institutions-refused-male = Le texte réserve ce siège à un homme.
institutions-refused-ended-first = La fin doit suivre le début.
institutions-refused-no-reason = Donnez la date de fin et le motif ensemble, ou aucun des deux.
institutions-refused-reason = Choisissez un motif de la liste.
institutions-refused-holding = Choisissez un titulaire de la liste.
institutions-refused-ended = Ce mandat est déjà fini, le { $day }.
institutions-refused-still-held = Quelqu’un tient ce siège à cette date : inscrivez d’abord son départ.
institutions-refused-kind = Choisissez une sorte d’organe de la liste.
institutions-refused-level = Ce lieu n’est pas du niveau de cette sorte d’organe.
institutions-refused-taken = Ce lieu a déjà un organe de cette sorte.
institutions-attendance = Présences
institutions-attendance-lead = Qui est venu, siège par siège. Une réunion dont les présences n’ont pas été relevées ne dit rien de personne.
institutions-attendance-no-sitting = Aucune réunion de cette instance n’est inscrite au registre : inscrivez d’abord la réunion.
institutions-attendance-taken = présences relevées
institutions-attendance-not-taken = présences non relevées
institutions-attendance-take = Relever les présences
institutions-attendance-again = Corriger les présences
institutions-attendance-form = Réunion du { $day }. Dites pour chaque siège qui est venu ; laissez vide ce que vous ne savez pas.
institutions-attendance-present = La réunion inscrite compte { $count } présents.
institutions-attendance-seats = Sièges
institutions-attendance-counts = Sièges occupés à cette réunion : { $there } sur { $said } dont on sait quelque chose ; le texte en donne { $seats }.
institutions-attendance-entry = L’entrée du registre qui le dit
institutions-presence-present = présent
institutions-presence-represented = représenté
institutions-presence-excused = excusé
institutions-presence-absent = absent
institutions-column-attended = Présences sur douze mois
institutions-attended-of = { $there } sur { $of }
institutions-compared = Le texte, les nommés, les présents
institutions-compared-lead = Ce que le texte donne, qui est nommé, qui est venu à une réunion au moins dans les douze derniers mois : les trois côte à côte, pour toutes les instances installées.
institutions-compared-sum = Sièges donnés par le texte : { $text }. Titulaire nommé : { $named } ; sans titulaire : { $empty } ; non connu : { $named_unknown }. Venu à une réunion au moins : { $attended } ; à aucune : { $absent } ; non connu : { $attended_unknown }.
institutions-compared-caption = Sièges par collège
institutions-compared-none = Aucune instance installée n’a de sièges au registre.
institutions-compared-over = { $count ->
    [one] Une instance installée.
   *[other] { $count } instances installées.
}
institutions-compared-bodies = Instances
institutions-compared-text = Donnés par le texte
institutions-compared-named = Titulaire nommé
institutions-compared-unnamed = Pourvus, on ne sait par qui
institutions-compared-empty = Sans titulaire
institutions-compared-unknown = Titulaire non connu
institutions-compared-attended = Venus une fois au moins
institutions-compared-absent = Venus à aucune réunion
institutions-compared-attended-unknown = Présence non connue
institutions-compared-limits = Un siège dont on ne sait rien n’est ni vide ni absent : il est compté à part. Un siège dont le texte ne donne pas le nombre compte pour ceux dont on sait quelque chose, et pour un au moins.
institutions-compared-no-attendance = Aucune présence n’a été relevée dans les douze derniers mois.
institutions-compared-of-sittings = { $count ->
    [one] Présences relevées à une réunion dans les douze derniers mois.
   *[other] Présences relevées à { $count } réunions dans les douze derniers mois.
}
institutions-compared-missing = Sièges que le texte donne et qui sont sans titulaire :
institutions-compared-never = Sièges qui n’ont été occupés à aucune des réunions dont les présences ont été relevées :
institutions-matrix = Instances et organisations
institutions-matrix-lead = Quelle organisation tient quel siège, instance par instance. Un point veut dire : aucun siège connu.
institutions-matrix-none = Aucune organisation n’est inscrite comme titulaire d’un siège à cette date.
institutions-matrix-caption = { $bodies ->
    [one] Une instance
   *[other] { $bodies } instances
} et { $organisations ->
    [one] une organisation
   *[other] { $organisations } organisations
}
institutions-matrix-more = { $shown } organisations sur { $all } tiennent dans cette page, par ordre alphabétique ; les données (CSV, JSON) les ont toutes.
institutions-matrix-body = Instance
institutions-matrix-no-seat = aucun siège connu
institutions-matrix-filter = Afficher
institutions-refused-sitting = Cette réunion n’est pas inscrite pour cette instance : inscrivez d’abord la réunion.
institutions-refused-nobody-said = Dites d’un siège au moins qui est venu.
institutions-refused-more-than-present = La réunion inscrite compte { $most } présents : vous en dites davantage. Corrigez les présences, ou inscrivez la réunion avec le bon nombre.
institutions-refused-source-missing = Citez la source qui dit qui tient ce siège : sans elle, personne ne peut le vérifier. Le secrétaire de l’instance peut l’inscrire sans source.
