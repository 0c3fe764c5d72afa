# Indicateurs : l’audit, une page par indicateur, les méthodes.
indicators-nav = Indicateurs
indicators-audit = Indicateurs
indicators-audit-lead = Au { $day }, d’après les { $size } entrées du registre.
indicators-audit-unknown = Ce qui n’est pas connu n’est jamais compté comme zéro : les inconnus sont à part, et les bornes disent ce qu’ils laissent possible.
indicators-methods = Méthode des indicateurs
indicators-methods-lead = Chaque chiffre du site se calcule à partir des entrées du registre, selon une formule écrite ici et numérotée. Refaites le calcul : les données sont sous chaque page, en CSV et en JSON.
indicators-as-of = Au jour du
indicators-as-of-show = Afficher
indicators-group-bodies = Comités, sièges et séances
indicators-group-answers = Recommandations, réponses et suites
indicators-table-caption = Par code ; les variantes sont sur la page de chaque indicateur et dans les données
indicators-column-title = Indicateur
indicators-column-scope = Portée
indicators-column-body = Comité ou organe
indicators-column-value = Valeur
indicators-column-count = Compte
indicators-column-unknown = Inconnus
indicators-column-bounds = Bornes
indicators-column-n = n
indicators-unknown = non connu
indicators-count-known = { $part } / { $known } connus, sur { $whole }
indicators-between = de { $lower } à { $upper }
indicators-done = réalisées { $done } — en cours { $underway }
indicators-days = { $days } j
indicators-scope-all = Ensemble
indicators-scope-exercise = Exercice
indicators-class-activities = activités
indicators-class-all = toutes
indicators-class-complementary = prioritaires complémentaires
indicators-class-non-priority = non prioritaires
indicators-class-priority = prioritaires
indicators-part-any-reply = toute réponse
indicators-part-attendance = parmi les présents aux séances
indicators-part-coverage = part vérifiée
indicators-part-days = en jours pourvus
indicators-part-gap = écart au quota, en points
indicators-part-people = en habitants
indicators-part-positions = toutes positions prises
indicators-part-refusals-reasoned = refus motivés parmi les refus
indicators-part-refusals-secret = refus pour secret parmi les refus
indicators-part-under-way = en cours
indicators-part-weighted = pondérée par la priorité
indicators-part-youth = jeunes
indicators-values = Valeurs
indicators-values-caption = Par portée
indicators-empty = Rien n’est encore au registre pour cet indicateur.
indicators-trend = Évolution
indicators-lower = Au moins
indicators-upper = Au plus
indicators-bounds-note = La barre va de la part la plus basse possible, si aucun inconnu ne compte, à la plus haute, si tous comptent.
indicators-curve = Part des recommandations qui attendent encore une réponse de fond
indicators-curve-across = jours depuis la remise
indicators-curve-up = attendent encore
indicators-curve-median = médiane
indicators-curve-desc = { $n ->
    [one] Une remise suivie
   *[other] { $n } remises suivies
}, { $events ->
    [one] une réponse de fond
   *[other] { $events } réponses de fond
}. Un quart de réponses : { $quarter }. La moitié : { $median }. Attente moyenne : { $mean }, calculée sur { $horizon }.
indicators-not-reached = pas encore atteint
indicators-bar-done = Réalisées
indicators-bar-under-way = En cours
indicators-method = Comment c’est calculé
indicators-method-formula = Formule
indicators-method-example = Exemple de ce registre
indicators-method-limits = Ce qui n’est pas compté
indicators-method-source = Texte qui fonde l’indicateur
indicators-method-version = Version de la formule
indicators-example-none = Le registre ne permet pas encore de calculer cet indicateur.
indicators-example-plain = { $numerator } ÷ { $denominator } = { $value }.
indicators-example-known = { $numerator } ÷ ({ $denominator } − { $unknown } inconnus) = { $value }.
indicators-example-bounds = au moins { $numerator } ÷ { $denominator } = { $lower } ; au plus ({ $numerator } + { $unknown } inconnus) ÷ { $denominator } = { $upper }.
indicators-example-wait = { $numerator } réponses de fond sur { $denominator } remises ; la moitié ont leur réponse en { $value }.
indicators-bodies = Comité par comité
indicators-bodies-caption = Un organe par ligne
indicators-bodies-empty = Aucun comité nommé n’a encore de valeur.
indicators-onward = Suite de la liste
indicators-first = Début de la liste
indicators-next = Suite
indicators-inputs = Entrées du registre
indicators-inputs-lead = Les chiffres ci-dessus viennent de ces entrées, et d’elles seules. Chacune est datée, chaînée et signée.
indicators-inputs-caption = Les plus récentes d’abord
indicators-inputs-empty = Aucune entrée.
indicators-input-entry = Entrée
indicators-input-what = Ce qu’elle dit
indicators-input-of = Sur
indicators-input-on = Jour
indicators-word-organisation-joined = Adhésion à une faîtière
indicators-word-call-opened = Appel à siéger
indicators-word-eligible-list-published = Liste des candidatures
indicators-word-appeal-decided = Suite d’un recours
indicators-word-pool-frozen = Gel des candidatures
indicators-word-seed-committed = Engagement
indicators-word-seed-revealed = Secret révélé
indicators-word-event-valued = Issue de l’événement
indicators-word-panel-drawn = Tirage au sort
indicators-word-ballots-counted = Dépouillement
indicators-word-nomination-recorded = Nomination
indicators-word-call-cancelled = Appel annulé
indicators-word-required-stated = Nombre requis par un texte
indicators-word-count-stated = Nombre compté par une source
indicators-word-body-installed = Installation
indicators-word-seat-set = Siège prévu par un texte
indicators-word-seat-filled = Siège pourvu
indicators-word-seat-left = Siège quitté
indicators-word-seat-interrupted = Siège vacant ou suspendu
indicators-word-organisations-merged = Deux inscriptions réunies
indicators-word-organisations-parted = Inscriptions séparées à nouveau
indicators-word-tie-stated = Lien dit d’une organisation
indicators-word-organisation-replied = Réponse de l’organisation
indicators-word-composition-stated = Composition comptée par une source
indicators-word-tally-stated = État d’exécution compté par une source
indicators-word-sitting-held = Séance tenue
indicators-word-sitting-not-held = Séance non tenue
indicators-word-recommendation-transmitted = Recommandation transmise
indicators-word-escalated = Recours à l’échelon supérieur
indicators-word-recommendation-closed = Recommandation close
indicators-word-recommendation-reopened = Recommandation rouverte
indicators-word-due-extended = Délai prolongé
indicators-word-clock-paused = Délai suspendu
indicators-word-clock-resumed = Délai repris
indicators-word-acknowledged = Accusé de réception
indicators-word-answered = Réponse
indicators-word-implementation-declared = Suite déclarée par l’autorité
indicators-word-implementation-observed = Suite constatée par la société civile
indicators-body = Indicateurs de cet organe
indicators-body-caption = Au { $day }
indicators-body-empty-seats = Sièges prévus et sans titulaire :
indicators-body-unknown-seats = { $count ->
    [one] Un siège prévu dont rien n’est connu.
   *[other] { $count } sièges prévus dont rien n’est connu.
}
indicators-headline = En chiffres
indicators-headline-count = { $counts }, au { $day }
indicators-rules = Règles de présentation
indicators-rule-1 = Un chiffre n’est jamais montré sans ce qu’il compte (n) ni sans sa date.
indicators-rule-2 = Aucun classement de personnes. Une autorité est montrée à côté du volume qu’elle a reçu.
indicators-rule-3 = Une autorité peut répondre à chaque chiffre qui la concerne ; sa réponse est portée au registre.
indicators-rule-4 = Chaque chiffre s’ouvre jusqu’aux entrées signées dont il est fait.
indicators-rule-5 = Les définitions sont en français ; l’anglais les traduit.
indicators-rule-6 = L’inconnu n’est jamais zéro. « Réalisé » et « en cours » ne sont jamais additionnés. Un exercice n’entre dans aucun chiffre réel.
indicators-rule-7 = Une évolution n’est dessinée qu’à partir de trois périodes. Un recensement n’a pas d’intervalle de sondage : les bornes viennent des seuls inconnus.

indicators-title-i-01 = Taux d’installation des comités
indicators-what-i-01 = Combien de comités que la loi veut sont installés, à chaque niveau.
indicators-formula-i-01 = Comités installés au jour dit ÷ comités requis ce jour-là. Les installés sont le dernier compte donné par une source, ou les comités nommés s’ils sont plus nombreux. Les requis sont le nombre auquel la source rapporte son compte, sauf si la loi a changé depuis ; sinon le nombre fixé par la loi.
indicators-limits-i-01 = Si le dernier compte est plus ancien que le jour dit, tous les autres comités sont inconnus et non absents : il n’y a alors pas de valeur, seulement des bornes, dont la plus basse est le dernier compte. Un comité dont on sait seulement qu’il existait à une date compte à partir de cette date. Les exercices ne comptent pas.
indicators-source-i-01 = Texte qui crée les comités et loi de découpage territorial ; comptes publiés par l’organe chargé de la réforme. Les entrées ci-dessous mènent à chaque source.

indicators-title-i-02 = Taux d’opérationnalité
indicators-what-i-02 = Parmi les comités installés, combien se sont réunis depuis 90 jours, preuve à l’appui.
indicators-formula-i-02 = Comités dont une séance prouvée date de 90 jours ou moins ÷ comités installés dont on sait s’ils se sont réunis dans ces 90 jours. Preuves admises : procès-verbal, photo avec liste de présence, deux confirmations indépendantes, compte rendu public.
indicators-limits-i-02 = Sont inconnus : les comités comptés par une source mais que personne ne nomme, et ceux dont rien n’est écrit sur ces 90 jours. Une séance que rapporte une source prouve ce jour-là et ne dit rien des autres ; un comité qui tient ici ses propres séances est réputé les y porter toutes depuis la première. Une séance sans preuve ne compte pas.
indicators-source-i-02 = Règle de réunion de chaque sorte d’organe, telle que le registre la porte avec sa source.

indicators-title-i-03 = Taux de tenue des réunions
indicators-what-i-03 = Sur les mois où un comité devait se réunir, combien ont connu au moins une séance.
indicators-formula-i-03 = Somme des mois tenus ÷ somme des mois dus. Un mois compte une fois, même avec plusieurs séances : un mois chargé ne cache pas un mois vide. Pour une règle trimestrielle, on compte les trimestres.
indicators-limits-i-03 = Ne comptent que les mois entiers : ni celui de l’installation (sauf le premier du mois), ni le mois en cours. Un mois dont rien n’est écrit est inconnu, sauf si le comité tient ici ses propres séances depuis ce mois ou plus tôt. Une séance que rapporte une source ne dit rien des autres mois : où il n’y en a pas d’autres, aucune valeur n’est donnée, seulement des bornes. Un niveau sans règle de périodicité connue n’a pas de valeur.
indicators-source-i-03 = Règle de réunion de chaque sorte d’organe, telle que le registre la porte avec sa source.

indicators-title-i-04 = Délai d’activation
indicators-what-i-04 = Combien de temps passe entre l’installation d’un comité et sa première réunion.
indicators-formula-i-04 = Médiane de Kaplan-Meier des jours entre l’installation et la première réunion prouvée. Un comité suivi qui ne s’est pas encore réuni compte pour le temps déjà attendu.
indicators-limits-i-04 = La première réunion est la première que le registre connaît : une réunion plus ancienne dont rien ne reste raccourcirait le délai. Un comité dont personne ne consigne les réunions est inconnu, de même que celui dont seule l’année d’installation est connue ; connue au mois, elle est comptée du premier jour.
indicators-source-i-04 = Dates d’installation et réunions du registre ; méthode de Kaplan et Meier (1958) pour les attentes en cours.
indicators-title-i-05 = Sièges de la société civile pourvus
indicators-what-i-05 = Parmi les sièges que le texte donne à la société civile, combien ont un titulaire connu.
indicators-formula-i-05 = Sièges avec titulaire nommé ÷ sièges prévus dont la situation est connue. Variante : jours pourvus ÷ jours d’existence de ces sièges depuis l’installation.
indicators-limits-i-05 = La société civile comprend ici les organisations, les associations féminines et les organisations de jeunesse. Un siège dont le registre ne dit rien, ou pourvu sans que l’on sache par qui, est inconnu. Un siège suspendu est vacant. Quand le texte ne dit pas combien de sièges, on en compte autant que de titulaires connus, et au moins un.
indicators-source-i-05 = Texte qui fixe la composition du comité, siège par siège.

indicators-title-i-06 = Poids de la société civile
indicators-what-i-06 = Parmi ceux qui siègent, la part de la société civile ; et parmi ceux qui viennent.
indicators-formula-i-06 = Titulaires de la société civile ÷ tous les titulaires connus. Variante : présents de la société civile ÷ tous les présents, sur les séances prouvées.
indicators-limits-i-06 = Les charges publiques sont toujours connues, les autres sièges rarement : quand aucun siège de la société civile n’est connu, aucune valeur n’est donnée, seulement des bornes. Les séances dont la liste ne distingue pas la société civile sont inconnues.
indicators-source-i-06 = Texte qui fixe la composition, siège par siège ; séances portées au registre.

indicators-title-i-07 = Part des femmes et des jeunes
indicators-what-i-07 = Parmi les membres, combien de femmes ; et combien de jeunes, quand on le sait.
indicators-formula-i-07 = Femmes ÷ membres dont le sexe est connu. Variantes : écart au quota, qui est la part que la loi demande moins cette part, jamais moins que zéro (il ne compte rien lui-même) ; jeunes ÷ membres dont l’âge est connu.
indicators-limits-i-07 = La composition publiée par une source l’emporte ; sinon, les titulaires portés au registre. Une source qui ne compte pas les femmes laisse tous les membres inconnus. C’est un recensement des comités connus, non un sondage : pas d’intervalle de confiance.
indicators-source-i-07 = Loi qui fixe un quota, quand le registre en porte une, avec sa source ; résolutions 1325 et 2250 du Conseil de sécurité.

indicators-title-i-08 = Concentration des sièges entre familles
indicators-what-i-08 = En combien de mains sont les sièges de la société civile, quand on réunit les organisations d’une même faîtière.
indicators-formula-i-08 = Somme des carrés des parts de sièges de chaque famille (indice de Herfindahl-Hirschman), de 0 (dispersés) à 1 (une seule famille). Une famille est une faîtière qui n’appartient à aucune autre, avec tous ses membres ; une organisation sans faîtière est sa propre famille. 1 ÷ l’indice donne le nombre de familles de même taille qui pèseraient autant.
indicators-limits-i-08 = Un siège tenu par une personne dont l’organisation n’est pas au registre est inconnu : il ouvre l’intervalle, d’une multitude de petites mains à une seule. Une organisation membre de plusieurs faîtières compte pour chacune à parts égales. Seules les adhésions consignées comptent.
indicators-source-i-08 = Tuckman et Chang (1991) pour l’indice ; Chikoto, Ling et Neely (2016) sur le niveau auquel on réunit.
indicators-title-i-09 = Sièges désignés par une autorité surveillée
indicators-what-i-09 = Parmi les sièges de la société civile qui sont pourvus, combien le sont par une personne ou une organisation que choisit une autorité que le comité surveille.
indicators-formula-i-09 = Sièges de la société civile pourvus dont le texte donne le choix à une autorité surveillée ÷ sièges de la société civile pourvus dont le texte dit qui choisit.
indicators-limits-i-09 = Ce que le texte ne dit pas est inconnu. L’indicateur dit qui choisit, non comment se conduit celui qui est choisi.
indicators-source-i-09 = Texte qui fixe la composition, siège par siège : « désigné par ».
indicators-title-i-10 = Représentation sans lien avec l’État, par territoire
indicators-what-i-10 = Dans combien de lieux au moins un siège de la société civile est tenu par une organisation dont aucun lien avec l’État n’est établi.
indicators-formula-i-10 = Lieux où une organisation qui tient un siège de la société civile ne présente aucun de ces liens : créée par l’État (S1), dirigeant nommé ou agréé (S2), dirigeant en fonction publique ou partisane (S3), statuts qui laissent l’autorité modifier ses organes (S6), siège donné par décret et par son nom (S7) ÷ lieux où un comité doit exister. La variante « habitants » pèse chaque lieu par sa population, là où elle est connue partout.
indicators-limits-i-10 = Un lien dont rien n’est dit, ou qui est contesté, n’est ni présent ni absent : le lieu est alors inconnu et ouvre l’intervalle. L’indicateur compte des lieux et ne juge aucune organisation ; ces cinq critères sont une proposition.
indicators-source-i-10 = Profils de liens du registre des organisations, avec leurs preuves et les réponses des organisations ; sièges de chaque comité.
indicators-title-i-11 = Écart entre le texte et la réalité
indicators-what-i-11 = Combien de sièges que le texte veut sont sans titulaire.
indicators-formula-i-11 = 1 − (sièges requis et pourvus ÷ sièges requis), siège par siège : soit les sièges vides ÷ les sièges requis.
indicators-limits-i-11 = Un siège dont le registre ne dit rien n’est ni pourvu ni vide. Celui qui siège par sa charge est déduit de l’installation du comité, non constaté : tant que l’état d’un seul siège n’est pas connu, aucune valeur n’est donnée, seulement des bornes. La liste des sièges vides est sur la page de chaque comité.
indicators-source-i-11 = Texte qui fixe la composition du comité.

indicators-title-i-12 = Équité des désignations
indicators-what-i-12 = Pour chaque appel à siéger, combien de six points sont acquis : critères publiés, liste publiée, engagements avant le tirage, résultat qui se refait, quotas respectés, recours ouverts.
indicators-formula-i-12 = Points acquis ÷ points dus, appel par appel ; la valeur d’ensemble est la moyenne des appels. Un point qui n’est pas encore dû est inconnu, jamais zéro.
indicators-limits-i-12 = Une élection n’a pas de graine : ce point ne compte pas pour elle. Une nomination par une autorité n’a ni graine ni rien qui se refasse : ces deux points ne lui sont pas acquis, car elle aurait pu être un tirage ou un vote. Sans quotas publiés, le point des quotas ne compte pas. Les appels annulés ne comptent pas ; leur raison est sur leur page. Chaque point est montré sur la page de l’appel.
indicators-source-i-12 = Les appels, listes, recours, engagements et résultats consignés au registre ; le tirage est refait à partir de la loterie annoncée, le dépouillement à partir des bulletins.
indicators-points-sum = { $due ->
    [one] { $had } point acquis sur { $due } dû.
   *[other] { $had } points acquis sur { $due } dus.
}
indicators-points-nomination = Une nomination par une autorité n’a ni graine ni rien qui se refasse : ces deux points ne lui sont pas acquis.
indicators-point-criteria = Critères publiés
indicators-point-list = Liste publiée, avec la raison de chaque exclusion
indicators-point-seed = Engagements pris avant le tirage
indicators-point-replay = Résultat qui se refait à partir du registre
indicators-point-quotas = Quotas respectés
indicators-point-appeals = Recours ouverts avant la suite
indicators-point-yes = oui
indicators-point-no = non
indicators-point-unknown = pas encore
indicators-point-apart = sans objet

indicators-title-i-27 = Accusés de réception dans le délai
indicators-what-i-27 = Parmi les recommandations dont le délai d’accusé est passé, combien ont été accusées à temps.
indicators-formula-i-27 = Accusés reçus au plus tard le jour dû ÷ recommandations dont le jour dû est venu, destinataire par destinataire. Une réponse vaut accusé.
indicators-limits-i-27 = N’entrent pas dans le calcul : ce qui n’est pas encore dû, ce qui n’a pas de délai, les délais suspendus, et ce que ses auteurs ont clos avant le jour dû. Un recours à l’échelon supérieur ouvre un délai de plus.
indicators-source-i-27 = Délai indiqué pour chaque niveau, avec ce qui l’oblige ou non : voir la règle sur chaque recommandation.

indicators-title-i-28 = Réponses de fond dans le délai
indicators-what-i-28 = Parmi les recommandations dont le délai de réponse est passé, combien ont reçu une réponse de fond à temps.
indicators-formula-i-28 = Réponses de fond au plus tard le jour dû ÷ recommandations dont le jour dû est venu, destinataire par destinataire. De fond : chaque point demandé est accepté avec une action et une date ou un responsable, ou refusé avec un motif, ou couvert par un secret dont la base légale est citée. Variante : toute réponse.
indicators-limits-i-28 = N’entrent pas dans le calcul : ce qui n’est pas encore dû, ce qui n’a pas de délai, les délais suspendus, et ce que ses auteurs ont clos avant le jour dû. Un délai prolongé compte si la prolongation a été accordée avant que le premier délai ne passe ; sinon le premier délai demeure.
indicators-source-i-28 = Règle « appliquer ou expliquer » ; délai indiqué pour chaque niveau.

indicators-title-i-29 = Délai de réponse de fond
indicators-what-i-29 = Combien de jours une réponse de fond se fait attendre, en comptant celles que l’on attend encore.
indicators-formula-i-29 = Estimation de Kaplan-Meier de la remise à la réponse de fond. La valeur est la médiane : le jour où la moitié ont leur réponse. Aussi : le jour du premier quart, et l’attente moyenne bornée à 180 jours.
indicators-limits-i-29 = Une attente en cours dit « au moins tant de jours » ; l’écarter flatterait les lents. Une recommandation close sans réponse est suivie jusqu’à sa clôture. Sans délai fixé, une recommandation n’entre pas dans le calcul. Une médiane non atteinte n’est pas un nombre. Si l’on n’observe pas encore 180 jours, la moyenne porte sur la durée observée.
indicators-source-i-29 = Méthode des durées censurées (Kaplan et Meier, 1958).

indicators-title-i-30 = Charge de silence
indicators-what-i-30 = Depuis combien de jours les recommandations en retard attendent, en moyenne et au total.
indicators-formula-i-30 = Somme des jours écoulés depuis le jour dû ÷ nombre de recommandations en retard sans aucune réponse. Le compte donne le total des jours et le nombre de retards. Variante : chaque retard pèse selon sa priorité (3, 2 ou 1) ; celui dont personne n’a dit la priorité ne pèse pas et compte comme inconnu.
indicators-limits-i-30 = Le jour dû n’est pas encore un retard. Toute réponse, même évasive, met fin au silence ; une recommandation close n’attend plus. Ce qui n’a pas de délai n’est pas compté.
indicators-source-i-30 = Liste publique des réponses en retard, sur l’exemple des parlements.

indicators-title-i-31 = Acceptation
indicators-what-i-31 = Parmi les points qui ont reçu une réponse de fond, combien sont acceptés ; et ce que valent les refus.
indicators-formula-i-31 = Points acceptés, en tout, en partie ou autrement ÷ points répondus sur le fond. Variantes : points acceptés ÷ toutes les positions prises ; refus motivés ÷ refus ; refus pour secret ÷ refus. Un refus pour secret est motivé s’il cite sa base légale.
indicators-limits-i-31 = Un point compte une fois par destinataire, selon sa dernière réponse. Une acceptation sans action ni date est une position, pas une réponse de fond. Les renvois, réponses évasives ou différées ne sont ni oui ni non.
indicators-source-i-31 = Règle « appliquer ou expliquer » ; Examen périodique universel.

indicators-title-i-32 = Mise en œuvre constatée
indicators-what-i-32 = De ce qui devait être fait à ce jour, combien l’est, selon ce que la société civile a vu ; et, à part, combien est en cours.
indicators-formula-i-32 = Points constatés réalisés ÷ points acceptés dont la date convenue est venue et que l’on est allé voir. À part : points constatés en cours ÷ les mêmes. Les deux ne sont jamais additionnés. Pour un ensemble compté par une source : réalisées ÷ total.
indicators-limits-i-32 = Un point que personne n’est allé voir est inconnu. La date convenue est celle de l’autorité, ou celle du point qu’elle a accepté sans autre date. Ce que l’autorité déclare n’entre pas ici. « Réalisé autrement » compte comme réalisé, et « réalisé en partie » comme en cours, jamais comme réalisé ; l’étude de départ ne tranche pas ces deux cas et compte des recommandations, là où l’on compte ici leurs points, que l’autorité accepte un à un. Les ensembles comptés par une source sont repris tels quels, même quand la source additionne réalisé et en cours.
indicators-source-i-32 = Suivi des recommandations nationales, où « réalisées ou en cours » cachait un petit nombre de réalisées.

indicators-title-i-33 = Écart entre déclaré et constaté
indicators-what-i-33 = De ce que l’autorité dit avoir fait et que l’on est allé voir, combien n’était pas fait.
indicators-formula-i-33 = (Points déclarés réalisés et vus − points vus réalisés) ÷ points déclarés réalisés et vus. Variante : part vérifiée = vus ÷ déclarés réalisés.
indicators-limits-i-33 = Une observation d’avant la déclaration ne la vérifie pas. Ce que personne n’est allé voir est inconnu. Un point compte une fois par destinataire qui l’a déclaré.
indicators-source-i-33 = Suivi à deux voix (État et société civile) ; vérification de suivi par un contrôle indépendant.
indicators-example-activation = { $numerator } comités réunis une première fois sur { $denominator } ; la moitié l’ont été en { $value }.
indicators-network = Réseau des faîtières et des sièges
indicators-network-lead = Qui est derrière qui : les faîtières, les organisations qui tiennent un siège de la société civile, et les instances où elles siègent. Un trait plein est un siège, plus épais pour plusieurs ; un trait interrompu est une adhésion.
indicators-network-title = Faîtières, organisations et instances au { $day }
indicators-network-desc = Organisations qui tiennent un siège : { $organisations } ; faîtières : { $umbrellas } ; instances : { $bodies } ; sièges : { $seats } ; adhésions : { $memberships }.
indicators-network-umbrellas = Faîtières
indicators-network-organisations = Organisations
indicators-network-bodies = Instances
indicators-network-empty = Aucune organisation n’est inscrite comme titulaire d’un siège de la société civile à cette date.
indicators-network-more = L’image montre les { $shown } premières organisations sur { $all }, par ordre alphabétique ; la liste et les données les ont toutes.
indicators-network-list = Les mêmes liens en toutes lettres
indicators-network-seats = { $count ->
    [one] un siège
   *[other] { $count } sièges
}
indicators-network-member = membre de { $umbrella }
indicators-network-exercise = Exercice

indicators-group-organisations = Organisations : ressources, capacités, obligations
indicators-word-funding-declared = Ressources déclarées, par tranches
indicators-word-exposure-stated = Exposition à des restrictions
indicators-word-capacity-assessed = Bilan de capacité
indicators-word-obligation-set = Obligation
indicators-word-obligation-met = Obligation remplie
indicators-part-diversified = ressources variées
indicators-part-category-diversified = ressources variées, par sorte de bailleur
indicators-part-moderate = concentration moyenne
indicators-part-category-moderate = concentration moyenne, par sorte de bailleur
indicators-part-concentrated = concentration forte
indicators-part-category-concentrated = concentration forte, par sorte de bailleur
indicators-part-dependent = dépendance
indicators-part-category-dependent = dépendance, par sorte de bailleur
indicators-part-exposed-quarter = plus du quart des ressources
indicators-part-exposed-half = plus de la moitié des ressources
indicators-part-reserve-under-3 = moins de trois mois de réserve
indicators-part-d1 = D1 gouvernance
indicators-part-gap-d1 = écart entre soi et les pairs, D1 gouvernance
indicators-part-d2 = D2 gestion
indicators-part-gap-d2 = écart entre soi et les pairs, D2 gestion
indicators-part-d3 = D3 personnes
indicators-part-gap-d3 = écart entre soi et les pairs, D3 personnes
indicators-part-d4 = D4 ressources et comptes
indicators-part-gap-d4 = écart entre soi et les pairs, D4 ressources et comptes
indicators-part-d5 = D5 activités
indicators-part-gap-d5 = écart entre soi et les pairs, D5 activités
indicators-part-d6 = D6 relations
indicators-part-gap-d6 = écart entre soi et les pairs, D6 relations
indicators-part-d7 = D7 durée
indicators-part-gap-d7 = écart entre soi et les pairs, D7 durée
indicators-part-d8 = D8 veille sur la sécurité
indicators-part-gap-d8 = écart entre soi et les pairs, D8 veille sur la sécurité

indicators-title-i-13 = Organisations aux ressources concentrées
indicators-what-i-13 = Parmi les organisations du registre, combien vivent de peu de bailleurs, d’après les tranches qu’elles déclarent. Personne n’est nommé ni classé.
indicators-formula-i-13 = Organisations dont l’indice par bailleur dépasse sûrement 0,25 ÷ organisations dont on sait de quel côté elles sont. L’indice de Herfindahl et Hirschman est la somme des carrés des parts. Ce qui n’est pas dit l’ouvre : au moins Σs², réparti en mille mains ; au plus Σs² − m² + (m + u)², tout entier chez le plus gros bailleur connu (plus large que Σs² + u², qui suppose une main nouvelle). Les variantes donnent chaque tranche, par bailleur et par sorte de bailleur : moins de 0,15 ; jusqu’à 0,25 ; jusqu’à 0,5 ; au-delà.
indicators-limits-i-13 = Une organisation qui ne déclare rien est inconnue, de même que celle dont les bornes passent de part et d’autre du seuil, ou dont la dernière année déclarée a plus de deux ans. Les organismes de l’État et les partenaires n’y sont pas. Les seuils viennent du droit de la concurrence : une convention, pas une norme. Le niveau de regroupement change le résultat : les deux sont donnés.
indicators-source-i-13 = Tuckman et Chang, 1991 ; Chikoto, Ling et Neely, 2016. Déclarations des organisations, dont le public ne lit que les tranches.
indicators-title-i-14 = Organisations exposées à une restriction
indicators-what-i-14 = Parmi les organisations du registre, combien ont des ressources que vise une restriction, et combien n’ont pas trois mois de réserve.
indicators-formula-i-14 = Organisations dont une part des ressources est sûrement visée par une restriction en vigueur ou annoncée cette année-là ÷ organisations dont on le sait. La part visée est : pour une interdiction qui nomme un bailleur ou son pays, ce qui en vient ; pour un prélèvement, son taux appliqué à ce qu’il vise. De plusieurs restrictions, la plus lourde compte. Mois de réserve = réserves libres ÷ (coût d’une année ÷ 12).
indicators-limits-i-14 = Une autorisation ou un compte rendu ne prend pas d’argent et n’est pas compté. Une interdiction de certaines activités, sans bailleur nommé, laisse la part inconnue. Une restriction apparue depuis la déclaration n’est comptée qu’une fois redite par l’organisation.
indicators-source-i-14 = Restrictions du registre, chacune avec sa source ; tranches déclarées par les organisations.
indicators-title-i-16 = Capacités des organisations
indicators-what-i-16 = Où en sont les organisations, domaine par domaine, sur une échelle de 1 à 4, d’après leur propre bilan ; et de combien leurs pairs en jugent autrement. Jamais un classement.
indicators-formula-i-16 = Pour chaque organisation, la moyenne des points connus d’un domaine dans son dernier bilan ; puis la moyenne de ces moyennes. L’ensemble ne compte que les organisations dont les huit domaines sont connus. Écart = moyenne de |soi − pairs|.
indicators-limits-i-16 = Aucune moyenne n’est donnée sous cinq organisations. Qui n’a pas fait de bilan est inconnu. Un bilan dit ce que des personnes ont jugé, pas ce que vaut une organisation.
indicators-source-i-16 = Grille de l’instance, une proposition, dans la lignée des grilles SCAT et OCA dont elle ne reprend aucun texte ; voir /capacites/grille.
indicators-title-i-17 = Obligations dites remplies à temps
indicators-what-i-17 = Parmi les obligations annuelles échues, combien les organisations disent avoir remplies à temps. Ce calendrier protège : nul n’y est montré en défaut.
indicators-formula-i-17 = Obligations remplies au plus tard le jour dit ÷ obligations échues dont on sait quelque chose. Pour chaque organisation et chaque obligation annuelle qui vise sa sorte, la dernière échéance compte.
indicators-limits-i-17 = Ce qu’une organisation ne dit pas est inconnu, jamais un manquement. Les échéances antérieures à l’inscription d’une organisation ne comptent pas, ni celles qui suivent un événement, que le registre ne connaît pas. Les jours d’échéance ne sont pas vérifiés : voir leur marque.
indicators-source-i-17 = Obligations du pack, chacune avec sa base et sa marque ; ce que les organisations ont consigné.
