# Appels à des sièges : candidatures, liste, recours, tirage au sort, élection, nomination.

selection-nav = Appels à siéger
selection-title = Appels à siéger
selection-lead = Qui peut siéger, selon quels critères, et comment on désigne : tirage au sort, élection ou nomination. Tout ce qui sert à vérifier est publié avant le résultat.
selection-caption = Appels, le plus récent d’abord
selection-none = Aucun appel ne répond à cette recherche.
selection-none-here = Aucun appel de cette instance n’est consigné.
selection-all-here = Tous les appels de cette instance
selection-nothing-awaits = Aucun appel n’attend quelque chose de vous.
selection-calendar = Dates des appels en cours, pour un agenda
selection-filter = Filtrer
selection-exercise = Exercice
selection-real = Réel
selection-state-open = En cours
selection-state-over = Terminé
selection-instance = Les garants de cette instance
selection-back = Retour à l’appel
selection-title-one = { $count ->
    [one] Appel à { $count } siège
   *[other] Appel à { $count } sièges
}
selection-column-id = Identifiant
selection-column-call = Appel
selection-column-body = Instance
selection-column-seat = Siège
selection-column-seats = Nombre de sièges
selection-column-method = Désignation
selection-column-stage = État
selection-column-standing = Candidatures
selection-column-opened = Ouvert le
selection-column-ended = Terminé le
selection-method-draw = Tirage au sort
selection-method-election = Élection par les organisations
selection-method-nomination = Nomination par une autorité
selection-stage-open = Candidatures ouvertes
selection-stage-examining = Liste à publier
selection-stage-appealing = Recours ouverts
selection-stage-deciding = Recours à trancher
selection-stage-freezing = Candidatures à geler
selection-stage-committing = Engagements
selection-stage-revealing = Révélations
selection-stage-stalled = Sans graine
selection-stage-awaiting = Événement attendu
selection-stage-drawing = À tirer
selection-stage-voting = Vote ouvert
selection-stage-counting = Dépouillement
selection-stage-naming = Nomination attendue
selection-stage-drawn = Tiré au sort
selection-stage-counted = Élu
selection-stage-named = Nommé
selection-stage-cancelled = Annulé
selection-now-open = On peut se porter candidat.
selection-now-examining = Le secrétariat examine les candidatures, puis publie la liste.
selection-now-appealing = Qui a été exclu peut faire recours.
selection-now-deciding = Un recours au moins attend sa suite.
selection-now-freezing = Les recours sont finis : les candidatures peuvent être gelées.
selection-now-committing = Chaque partie s’engage à un secret.
selection-now-revealing = Chaque partie révèle son secret.
selection-now-stalled = Personne ne s’est engagé, ou n’a révélé, à temps : la règle de la graine est à redire.
selection-now-awaiting = L’événement public annoncé n’a pas encore eu lieu.
selection-now-drawing = L’événement a eu lieu : son issue consignée, le tirage suit aussitôt.
selection-now-voting = Les organisations du registre votent.
selection-now-counting = Le vote est fini ; l’horloge dépouille.
selection-now-naming = L’autorité n’a pas encore nommé.
selection-now-drawn = Le tirage est fait ; chacun peut le refaire.
selection-now-counted = Le dépouillement est fait ; chacun peut le refaire.
selection-now-named = Une autorité a nommé. Il n’y a rien à refaire.
selection-now-cancelled = L’appel n’a désigné personne. Ce qui avait été fait reste lisible.
selection-date-closes = Dernier jour pour se porter candidat
selection-date-appeals = Dernier jour des recours
selection-date-vote = Dernier jour du vote
selection-date-commit = Dernier jour des engagements
selection-date-reveal = Dernier jour des révélations
selection-date-event = Jour de l’événement
selection-dates = Dates
selection-part-seats = Les sièges et la règle
selection-part-rule = La règle de désignation
selection-part-draw = Si c’est un tirage au sort
selection-part-election = Si c’est une élection
selection-part-nomination = Si c’est une nomination
selection-part-seed = La graine du tirage
selection-open = Ouvrir un appel
selection-open-lead = Tout ce qui est écrit ici est public et ne change plus : critères, quotas et règle de la graine doivent être connus avant les candidatures.
selection-seat-optional = Quel siège (laisser vide si l’appel vaut pour plusieurs)
selection-rule = La règle, telle que le texte la dit
selection-rule-hint = Copiez la phrase du texte, sans la résumer.
selection-article = Article
selection-source = Source
selection-presentation = Ce qu’il faut savoir de plus
selection-presentation-hint = Facultatif : lieu de dépôt sur papier, indemnité, durée du mandat.
selection-criteria = Critères
selection-criteria-hint = Un critère porte sur un fait précis, que chacun peut vérifier. Au moins un.
selection-criterion-number = Critère { $number }
selection-fact-number = Fait demandé pour le critère { $number }
selection-fact-asked = Fait demandé :
selection-quotas = Quotas
selection-quotas-lines = Une ligne par valeur : critère ; valeur ; minimum ; maximum
selection-quotas-hint = Exemple : sexe ; femme ; 1 ; 2. Critères possibles : sexe, âge, lieu, genre (d’organisation), faîtière. Un tirage les respecte toujours ; une élection ou une nomination est comparée à eux.
selection-quotas-caption = Combien de sièges pour chaque valeur
selection-quotas-not-forced = Ces quotas sont publiés ; le résultat leur est comparé, mais ni un vote ni une nomination n’y sont forcés.
selection-no-quotas = Aucun quota n’a été fixé.
selection-feature = Critère
selection-value = Valeur
selection-min = Minimum
selection-max = Maximum
selection-seated = Siègent
selection-met = respecté
selection-unmet = non respecté
selection-feature-sex = Sexe
selection-feature-age = Âge
selection-feature-place = Lieu
selection-feature-kind = Genre d’organisation
selection-feature-umbrella = Faîtière
selection-closes-hint = Ce jour compris. AAAA-MM-JJ ou JJ/MM/AAAA.
selection-appeal-days = Jours pour faire recours
selection-appeal-days-hint = Comptés à partir de la publication de la liste ; 1 à 90.
selection-vote-days = Jours de vote
selection-vote-days-hint = Comptés à partir du gel des candidatures ; 1 à 90.
selection-authority = Autorité qui nomme
selection-parties = Parties à la graine
selection-parties-hint = Une organisation ou une instance par ligne, deux au moins. Il suffit qu’une seule garde son secret pour que personne ne choisisse le résultat.
selection-commit-hint = Après les recours. Qui ne s’est pas engagé ce jour-là est laissé de côté.
selection-reveal-hint = Plus tard que les engagements. Qui n’a pas révélé ce jour-là est laissé de côté.
selection-event = Événement public
selection-event-hint = Un événement dont personne ici ne décide, nommé sans ambiguïté. Exemple : numéros du premier tirage du 28 décembre de la loterie nationale.
selection-written = Comment son issue sera écrite
selection-written-hint = Exemple : les numéros dans l’ordre de sortie, deux chiffres chacun, séparés par une espace.
selection-event-on-hint = Plus tard que les révélations : personne ne connaît alors le résultat.
selection-rule-anew = Redire la règle de la graine
selection-rule-anew-lead = Possible tant qu’aucun secret n’est révélé. Les engagements déjà pris tombent ; chacun s’engage de nouveau.
selection-reason = Raison
selection-reason-hint = Elle est publiée.
selection-cancel = Annuler l’appel
selection-cancel-lead = L’appel s’arrête sans désigner personne. Rien de ce qui a été fait n’est effacé.

# --- candidatures
selection-file = Se porter candidat
selection-file-lead = La candidature est publique. Un nom donné ici peut être retiré plus tard ; le tirage ne connaît que l’identifiant.
selection-organisation = Organisation
selection-organisation-hint = Son nom ou son sigle au registre. Vide si une personne se présente seule.
selection-person = Personne qui siégerait
selection-person-hint = Facultatif pour une organisation. N’écrivez un nom qu’avec l’accord de la personne : il est publié.
selection-your-fact = Votre fait pour le critère { $code }
selection-your-fact-optional = Ce que vous dites du critère { $code } (facultatif)
selection-name-withdrawn = (nom retiré)
selection-candidates = Candidatures
selection-candidacies = Candidatures à des sièges
selection-standing = { $count ->
    [0] Aucune candidature.
    [one] { $count } candidature.
   *[other] { $count } candidatures.
}
selection-withdrawn-count = { $count ->
    [one] { $count } autre a été retirée.
   *[other] { $count } autres ont été retirées.
}
selection-on-paper = déposée sur papier
selection-filed-on = Déposée le
selection-place = { $place ->
    [filed] Déposée ; la liste n’est pas encore publiée.
    [withdrawn] Retirée par qui l’avait déposée.
    [eligible] Sur la liste.
    [excluded] Exclue de la liste.
    [chosen] Désignée pour siéger.
    [alternate] Suppléante.
   *[other] { $place }
}
selection-own = Ma candidature : { $name }
selection-withdraw = Retirer cette candidature
selection-withdraw-lead = Possible jusqu’au gel des candidatures. Ensuite, qui est désigné peut refuser le siège, et la suppléance joue.
selection-nobody-stands = Personne ne s’est porté candidat : la liste peut être publiée vide, ou l’appel annulé.

# --- liste et recours
selection-publish = Publier la liste
selection-list-lead = { $days ->
    [one] Une exclusion cite le critère et le fait qui la fonde. Les recours sont ouverts { $days } jour à partir d’aujourd’hui.
   *[other] Une exclusion cite le critère et le fait qui la fonde. Les recours sont ouverts { $days } jours à partir d’aujourd’hui.
}
selection-verdict = Décision
selection-verdict-eligible = Admise
selection-verdict-excluded = Exclue
selection-not-met = Critère non rempli (si exclue)
selection-ground = Fait qui fonde l’exclusion
selection-ground-hint = Ce qui a été constaté, et où cela se vérifie. Publié.
selection-list = Liste
selection-listed-on = Publiée le
selection-eligible = { $count ->
    [one] { $count } candidature admise
   *[other] { $count } candidatures admises
}
selection-excluded = Exclues, et pourquoi
selection-nobody-excluded = Personne n’a été exclu.
selection-back-on-list = Admise après recours
selection-appeal = Faire recours
selection-appeal-text = Pourquoi l’exclusion n’est pas fondée
selection-appeal-hint = Répondez au fait cité. Publié.
selection-appeals = Recours
selection-no-appeal = Aucun recours.
selection-appeal-admitted = Recours admis
selection-appeal-rejected = Recours rejeté
selection-undecided = À trancher
selection-decide = Trancher ce recours

# --- gel
selection-freeze = Geler les candidatures
selection-freeze-lead = Les probabilités de chacun sont calculées, puis publiées avec leur empreinte, avant que la graine n’existe. Après cela, ni la liste ni les quotas ne changent.
selection-freeze-ballot-lead = Le bulletin est fixé et le vote s’ouvre. Après cela, la liste ne change plus.
selection-calculating = Calcul en cours
selection-calculating-percent = Calcul en cours : { $percent } %. Cette page revient d’elle-même ; le reste du site n’attend pas.
selection-calculated = Le calcul est prêt : appuyez pour publier et geler.
selection-probabilities = Chances de chacun
selection-probabilities-lead = { $panels ->
    [one] Candidatures : { $count } ; sièges : { $seats } ; une seule composition par profils. Chacune a au moins { $least } de chances, et aucune loterie respectant les quotas ne donne davantage à qui en a le moins.
   *[other] Candidatures : { $count } ; sièges : { $seats } ; { $panels } compositions possibles par profils. Chacune a au moins { $least } de chances, et aucune loterie respectant les quotas ne donne davantage à qui en a le moins.
}
selection-probabilities-caption = Chances d’être tiré, par profil
selection-type = Profil
selection-any-candidate = Toute candidature
selection-members = Candidatures
selection-chance = Chances de siéger
selection-types-more = Les autres profils sont dans la transcription.

# --- graine
selection-seed-lead = La graine est une empreinte des secrets révélés et de l’issue de l’événement. Qui ne s’engage pas ou ne révèle pas à temps est laissé de côté ; comme l’événement vient après, se taire ne change rien à son avantage.
selection-parties-caption = Parties, engagements et secrets
selection-party = Partie
selection-as-party = Au nom de { $name }.
selection-commitment = Engagement
selection-secret = Secret
selection-left-out = laissée de côté
selection-not-yet = pas encore
selection-stalled = Aucune graine ne peut naître de cette règle : le secrétariat la redit, ou annule l’appel.
selection-commit = S’engager à un secret
selection-commit-lead = Choisissez un secret chez vous, gardez-le, et n’envoyez ici que son empreinte. Cette commande fait les deux :
selection-commit-python = Sans toguna, docs/tirage/engagement.py fait la même chose avec Python seul.
selection-commit-way = Comment
selection-commit-own = J’ai mon empreinte
selection-commit-server = Que le serveur choisisse le secret et me le montre une fois
selection-commit-way-hint = Le second choix est plus simple, mais qui tient le serveur aurait pu lire le secret.
selection-commitment-hint = 64 chiffres hexadécimaux ; vide si le serveur choisit.
selection-secret-once = Votre secret, montré une seule fois
selection-secret-keep = Recopiez-le et gardez-le pour vous jusqu’au jour des révélations. Il n’est conservé nulle part ici.
selection-reveal = Révéler mon secret
selection-reveal-lead = Votre secret devient public. Il est comparé à l’engagement.
selection-secret-hint = Lettres minuscules et chiffres, exactement comme lors de l’engagement.
selection-draw = Consigner l’issue et tirer
selection-event-lead = L’issue consignée, le tirage suit dans le même acte : relisez-la.
selection-outcome = Issue de l’événement
selection-outcome-again = L’issue, une seconde fois
selection-outcome-where = Où chacun peut la vérifier

# --- vote
selection-vote = Voter
selection-vote-lead = Approuvez autant de candidatures que vous voulez, { $most } au plus. Un bulletin par organisation ; on peut le changer jusqu’au dernier jour. Chaque groupe d’organisations obtient sa part des sièges (méthode des parts égales).
selection-vote-secrecy = Limites du secret : jusqu’au dépouillement, qui tient le serveur peut lire les bulletins. Ensuite ils sont publiés par groupes semblables, sans nom, et effacés ; si très peu votent, ou si tous votent pareil, on peut les deviner. Qui a voté est public.
selection-vote-for = Bulletin de { $name }.
selection-voter = Organisation qui vote
selection-approve = J’approuve
selection-count = Dépouillement
selection-count-lead = Méthode des parts égales, puis règle de Phragmén pour les sièges restants ; à égalité, un ordre tiré de l’empreinte des candidatures gelées.
selection-turnout = { $electors ->
    [one] { $voters } organisation a voté sur { $electors }.
   *[other] { $voters ->
        [one] { $voters } organisation a voté sur { $electors }.
       *[other] { $voters } organisations ont voté sur { $electors }.
    }
}
selection-round-support = { $count ->
    [one] { $count } voix
   *[other] { $count } voix
}
selection-round-shares = payé par les parts de ceux qui l’approuvent
selection-round-completion = siège restant, règle de Phragmén
selection-ballots = Bulletins
selection-ballots-alike = { $count ->
    [one] { $count } bulletin :
   *[other] { $count } bulletins :
}
selection-ballot-blank = blanc
selection-voters = Organisations qui ont voté

# --- nomination
selection-name = Consigner la nomination
selection-name-lead = Une nomination est consignée comme telle : qui a nommé, par quel acte, avec quelles raisons. Elle n’est ni un vote ni un tirage.
selection-act = Acte (décision, arrêté, lettre)
selection-act-day = Date de l’acte
selection-act-file = L’acte, en fichier
selection-named-candidates = Nommés parmi les candidatures
selection-named-others = Nommés sans avoir été candidats
selection-named-person = Personne { $number }
selection-named-organisation = Organisation { $number }
selection-named-reason = Raisons données par l’autorité
selection-named-by = Nommé par { $name }, { $act }
selection-named-as-such = Nomination par une autorité : ni vote, ni tirage.
selection-had-not-stood = n’était pas candidat
selection-no-reason = L’autorité n’a pas donné de raison.

# --- résultat
selection-result-drawn = Tirage au sort du
selection-result-counted = Élection : dépouillement du
selection-result-named = Nomination consignée le
selection-vacant = { $count ->
    [one] { $count } siège reste vacant.
   *[other] { $count } sièges restent vacants.
}
selection-fill = Inscrire qui occupe le siège
selection-alternates = Suppléants
selection-alternates-lead = Dans cet ordre : un siège vacant va au premier avec qui tous les quotas sont de nouveau respectés.
selection-story = Tous les actes
selection-verify = Vérifier soi-même
selection-verify-lead = Téléchargez la transcription, puis l’une de ces deux commandes, qui ne croient rien de ce site :
selection-pool-digest = Empreinte des candidatures
selection-quotas-digest = Empreinte des quotas
selection-lottery-digest = Empreinte de la loterie
selection-algorithm = Algorithme
selection-seed = Graine
selection-file-candidacies = Toutes les candidatures (CSV)
selection-file-pool = Candidatures gelées (CSV)
selection-file-quotas = Quotas (CSV)
selection-file-transcript = Transcription (JSON)
selection-file-ballots = Bulletins, sans noms (CSV)
selection-word-call-opened = Appel ouvert
selection-word-candidacy-filed = Candidature
selection-word-candidacy-withdrawn = Candidature retirée
selection-word-eligible-list-published = Liste publiée
selection-word-appeal-filed = Recours
selection-word-appeal-decided = Recours tranché
selection-word-pool-frozen = Candidatures gelées
selection-word-seed-rule-set = Règle de la graine redite
selection-word-seed-committed = Engagement
selection-word-seed-revealed = Secret révélé
selection-word-event-valued = Issue de l’événement
selection-word-panel-drawn = Tirage au sort
selection-word-ballots-counted = Scrutin dépouillé
selection-word-nomination-recorded = Nomination
selection-word-call-cancelled = Appel annulé

# --- refus
selection-hint-min = Ramenez le minimum de « { $value } » ({ $feature ->
    [sex] sexe
    [age] âge
    [place] lieu
    [kind] genre
    [umbrella] faîtière
   *[other] { $feature }
}) de { $from } à { $to }.
selection-hint-max = Portez le maximum de « { $value } » ({ $feature ->
    [sex] sexe
    [age] âge
    [place] lieu
    [kind] genre
    [umbrella] faîtière
   *[other] { $feature }
}) de { $from } à { $to }.
selection-hint-seats = Ramenez le nombre de sièges de { $from } à { $to } : il n’y a pas plus de candidatures.
selection-refused-seats = Le nombre de sièges va de 1 à 100.
selection-refused-method = Choisissez : tirage, élection ou nomination.
selection-refused-rule = Écrivez la règle de désignation, telle que le texte la dit.
selection-refused-source = Cette source n’est pas citée sur le registre : choisissez-en une de la liste, ou laissez vide.
selection-refused-criterion = Écrivez au moins un critère : sans critère publié, une exclusion serait sans fondement.
selection-refused-fact-alone = Un fait est demandé sans critère ({ $code }) : écrivez le critère, ou effacez le fait.
selection-refused-quota = Quotas, ligne { $line } : « { $text } » ne se lit pas. Écrivez : sexe ; femme ; 1 ; 2.
selection-refused-quota-upside = Quotas, ligne { $line } : le minimum dépasse le maximum. Corrigez l’un des deux.
selection-refused-quota-twice = Quotas, ligne { $line } : « { $value } » a déjà une ligne. Gardez l’une des deux.
selection-refused-quotas-many = Pas plus de 60 lignes de quotas.
selection-refused-minima = { $feature ->
    [sex] Sexe
    [age] Âge
    [place] Lieu
    [kind] Genre
    [umbrella] Faîtière
   *[other] { $feature }
} : les minimums font { $sum } pour { $seats } sièges. Abaissez-en, ou appelez plus de sièges.
selection-refused-maxima = { $feature ->
    [sex] Sexe
    [age] Âge
    [place] Lieu
    [kind] Genre
    [umbrella] Faîtière
   *[other] { $feature }
} : les maximums font { $sum } pour { $seats } sièges ; il en resterait que personne ne peut occuper. Relevez-en.
selection-refused-closes = Le dernier jour pour se porter candidat est demain au plus tôt, dans un an au plus tard.
selection-refused-window = Écrivez un nombre de jours, de 1 à 90.
selection-refused-parties = Nommez de 2 à 12 parties, une par ligne.
selection-refused-party-unknown = « { $name } » n’est le nom d’aucune organisation ni instance, ou de plusieurs : écrivez le nom exact ou l’identifiant.
selection-refused-party-twice = « { $name } » est nommée deux fois.
selection-refused-event = Dites l’événement et comment son issue sera écrite : sans cela, on pourrait choisir comment la lire.
selection-refused-commit-by = Les engagements viennent après les recours et le gel : { $day } au plus tôt.
selection-refused-reveal-by = Le dernier jour des révélations vient après celui des engagements.
selection-refused-event-on = L’événement vient après le dernier jour des révélations : sinon, qui révèle en dernier connaîtrait le résultat.
selection-refused-authority = Nommez l’autorité, comme au registre des instances.
selection-refused-no-draw = Cet appel n’est pas un tirage en cours : il n’a pas de règle de graine à dire.
selection-refused-over = Cet appel est terminé : ce qui est fait reste.
selection-refused-closed = Les candidatures sont closes. Demandez au secrétariat quand vient le prochain appel.
selection-refused-nobody = Dites qui se présente : une organisation, une personne, ou les deux.
selection-refused-organisation = Aucune organisation du registre ne porte ce nom, ou plusieurs : écrivez le nom exact ou l’identifiant.
selection-refused-stands = Cette organisation est déjà candidate. Retirez d’abord la première candidature pour en déposer une autre.
selection-refused-world = Un exercice n’appelle que des organisations d’exercice, et un appel réel que des réelles.
selection-refused-trait = Choisissez une valeur ({ $feature ->
    [sex] sexe
    [age] âge
    [place] lieu
    [kind] genre
    [umbrella] faîtière
   *[other] { $feature }
}) : les quotas en dépendent.
selection-refused-fact = Donnez le fait que demande le critère { $code }.
selection-refused-full = Cet appel a atteint 2 000 candidatures. Le secrétariat doit l’annuler et en ouvrir plusieurs.
selection-refused-not-standing = Cette candidature ne peut plus être retirée : elle l’est déjà, elle est exclue, ou les candidatures sont gelées.
selection-refused-still-open = La liste se publie quand les candidatures sont closes.
selection-refused-listed = La liste est déjà publiée. Une erreur se corrige par un recours.
selection-refused-undecided = Décidez de chaque candidature ({ $name }) : admise, ou exclue.
selection-refused-ground = Une exclusion sans fondement n’est pas reçue ({ $name }) : choisissez le critère non rempli et écrivez le fait qui le montre, ou admettez la candidature.
selection-refused-excluded-many = Pas plus de 150 exclusions dans une liste.
selection-refused-no-window = Les recours ne sont pas ouverts aujourd’hui.
selection-refused-not-excluded = Cette candidature n’est pas exclue : il n’y a pas de quoi faire recours.
selection-refused-appealed = Un recours est déjà déposé pour cette candidature.
selection-refused-text = Écrivez-le : c’est ce que chacun lira.
selection-refused-verdict = Choisissez : admis ou rejeté.
selection-refused-decided = Ce recours est déjà tranché, ou les candidatures sont gelées.
selection-refused-nobody-eligible = Aucune candidature n’est admise : annulez l’appel et ouvrez-en un autre.
selection-refused-not-freezing = Les candidatures se gèlent une fois la liste publiée, les recours finis et tranchés.
selection-refused-infeasible = Aucune composition ne respecte tous les quotas avec ces candidatures. Le plus petit changement qui en permet une est dit ci-dessous : annulez cet appel avec cette raison, et ouvrez-en un autre avec ces quotas. Les candidatures restent lisibles.
selection-refused-pool-changed = Une candidature a changé pendant le calcul : appuyez encore, il est refait.
selection-refused-too-hard = Ces quotas s’enchevêtrent trop pour être calculés : annulez, et ouvrez un appel avec moins de critères ou des quotas plus larges.
selection-refused-no-result = Le calcul n’a pas abouti. Prévenez qui tient le serveur ; rien n’est perdu.
selection-refused-election-large = Une élection compte au plus 300 candidatures et 300 organisations : appelez par région ou par cercle.
selection-refused-no-party = Vous n’agissez pour aucune partie à cette graine.
selection-refused-not-committing = Les engagements ne sont pas ouverts : ils viennent après le gel des candidatures, jusqu’au dernier jour dit.
selection-refused-not-revealing = Les révélations ne sont pas ouvertes : elles viennent quand toutes les parties se sont engagées, ou que leur dernier jour est passé.
selection-refused-digest = Une empreinte a 64 chiffres hexadécimaux (0 à 9, a à f). Recopiez celle que la commande a donnée.
selection-refused-committed = Cette partie s’est déjà engagée : un engagement ne change pas.
selection-refused-not-committed = Cette partie ne s’était pas engagée : elle est laissée de côté.
selection-refused-revealed-already = Ce secret est déjà révélé.
selection-refused-secret = Un secret a de 16 à 128 lettres minuscules et chiffres, sans espace ni accent.
selection-refused-not-matching = Ce n’est pas le secret de l’engagement. Cherchez le secret exact ; rien n’a été publié, vous pouvez réessayer.
selection-refused-rule-stands = Un secret est révélé : la règle ne change plus. Si l’événement n’a pas eu lieu, annulez l’appel.
selection-refused-event-to-come = L’événement est le { $day } : revenez après.
selection-refused-not-drawing = Le tirage vient après le gel, les révélations et l’événement.
selection-refused-outcome = Écrivez l’issue comme la règle le dit : lettres, chiffres, espaces, points et tirets, 120 au plus.
selection-refused-outcomes = Les deux écritures de l’issue diffèrent. Relisez-la à sa source.
selection-refused-no-lottery = La loterie annoncée n’est plus lisible, ou la graine ne se fait pas. Prévenez qui tient le serveur ; rien n’est perdu.
selection-refused-not-voting = Le vote n’est pas ouvert.
selection-refused-elector = Votre organisation ne vote pas ici : votent celles du registre, inscrites avant le gel, dont le siège est dans le ressort de l’instance.
selection-refused-approved-many = Pas plus de 20 candidatures par bulletin.
selection-refused-no-candidate = L’une de ces personnes n’est pas candidate ici.
selection-refused-no-nomination = Cet appel n’attend pas de nomination aujourd’hui.
selection-refused-act = Citez l’acte par lequel l’autorité a nommé.
selection-refused-later = Ce jour n’est pas encore venu.
selection-refused-nominees = Nommez de 1 à { $seats } personnes ou organisations.
