//! Awa's committee asks the mayor for light at the market: from the first draft to the follow-up matrix, in French.

use axum::http::StatusCode;
use terms::access::Role;
use web::rehearsal::{Guest, Rehearsal, Reply};

use super::world::{for_body, for_organisation, world};

const TITLE: &str = "Éclairer le marché de Dougouba";

fn fields<'a>(extra: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let base = [
        ("pour", "body:ccsc-fictif"),
        ("titre", TITLE),
        ("motifs", "Des vols sont signalés le soir."),
        ("p1-texte", "Poser douze lampes au marché."),
        ("p1-indicateur", "Douze lampes allumées à 20 heures"),
        ("p1-echeance", "30/06/2026"),
        ("d1-qui", "maire de dougouba"),
        ("d1-competence", "L’éclairage public relève de la commune."),
        ("theme", "infrastructure"),
        ("priorite", "3"),
        ("moyens", "Budget communal"),
        ("preuve-texte", "Relevé du comité de février."),
        ("une-action", "oui"),
        ("faire", "enregistrer"),
    ];
    let kept = base.into_iter().filter(|(name, _)| !extra.iter().any(|(other, _)| other == name));
    kept.chain(extra.iter().copied()).collect()
}

fn to(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    reply.header("location").to_owned()
}

async fn seen(house: &Rehearsal, guest: Option<&Guest>, path: &str) -> String {
    let reply = house.get(guest, path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path} {}", reply.text());
    reply.text()
}

async fn drafted(house: &Rehearsal, awa: &Guest) -> String {
    let reply = house.post(Some(awa), "/recommandations/nouvelle", &fields(&[])).await;
    to(&reply)
}

async fn adopted(house: &Rehearsal, awa: &Guest) -> String {
    let draft = drafted(house, awa).await;
    let form = [("adopte-le", "2026-02-12"), ("seance", "seance-fictive")];
    to(&house.post(Some(awa), &format!("{draft}/adopter"), &form).await)
}

#[tokio::test]
async fn only_those_with_standing_draft() {
    let house = world();
    let text = seen(&house, None, "/recommandations").await;
    assert!(text.contains("Aucune recommandation"), "{text}");
    let stranger = house.get(None, "/recommandations/nouvelle").await;
    assert!(to(&stranger).starts_with("/connexion"));
    let mayor = for_body(&house, "maire-fictif", Role::Authority);
    assert_eq!(house.get(Some(&mayor), "/recommandations/nouvelle").await.status, StatusCode::FORBIDDEN);
    let awa = for_body(&house, "ccsc-fictif", Role::Secretary);
    let page = seen(&house, Some(&awa), "/recommandations/nouvelle").await;
    assert!(page.contains("Comité de Dougouba"));
    let for_another = house
        .post(Some(&awa), "/recommandations/nouvelle", &fields(&[("pour", "body:gouverneur-fictif")]))
        .await;
    assert_eq!(for_another.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_was_typed_is_kept_with_what_is_to_be_mended() {
    let house = world();
    let awa = for_body(&house, "ccsc-fictif", Role::Secretary);
    let bad = fields(&[("p1-echeance", "fin juin"), ("p2-texte", "Nommer un agent")]);
    let reply = house.post(Some(&awa), "/recommandations/nouvelle", &bad).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = reply.text();
    for kept in
        [TITLE, "fin juin", "Nommer un agent", "maire de dougouba", "n’est pas une date", "#p1-echeance"]
    {
        assert!(text.contains(kept), "{kept}");
    }
    assert!(!seen(&house, Some(&awa), "/bureau").await.contains(TITLE));
}

#[tokio::test]
async fn buttons_add_and_remove_rows_and_keep_the_rest() {
    let house = world();
    let awa = for_body(&house, "ccsc-fictif", Role::Secretary);
    let more = fields(&[("faire", "ajouter-point")]);
    let draft = to(&house.post(Some(&awa), "/recommandations/nouvelle", &more).await);
    let page = seen(&house, Some(&awa), &draft).await;
    assert!(page.contains("name=\"p2-texte\"") && !page.contains("name=\"p3-texte\""));
    assert!(page.contains("Poser douze lampes"));
    assert!(page.contains("5 sur 6") || page.contains("6 sur 6"), "{page}");
    let second = fields(&[("p2-texte", "Nommer un agent."), ("faire", "retirer-point-1")]);
    to(&house.post(Some(&awa), &draft, &second).await);
    let page = seen(&house, Some(&awa), &draft).await;
    assert!(page.contains("Nommer un agent.") && !page.contains("Poser douze lampes"));
    let several = fields(&[("d2-qui", "fictif"), ("faire", "ajouter-destinataire")]);
    to(&house.post(Some(&awa), &draft, &several).await);
    let page = seen(&house, Some(&awa), &draft).await;
    assert!(page.contains("name=\"d3-qui\""));
    let pdf: &[u8] = b"%PDF-1.7 piece fictive";
    to(&house.post_files(Some(&awa), &draft, &fields(&[]), &[("preuve-fichier", pdf)]).await);
    let page = seen(&house, Some(&awa), &draft).await;
    assert!(page.contains("retirer-piece-1"));
    to(&house.post(Some(&awa), &draft, &fields(&[("faire", "retirer-piece-1")])).await);
    assert!(!seen(&house, Some(&awa), &draft).await.contains("retirer-piece-1"));
    let wrong: &[u8] = b"MZ programme";
    let refused = house.post_files(Some(&awa), &draft, &fields(&[]), &[("preuve-fichier", wrong)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    to(&house.post(Some(&awa), &format!("{draft}/supprimer"), &[]).await);
    assert_eq!(house.get(Some(&awa), &draft).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_draft_is_held_and_signed_as_it_stands() {
    let house = world();
    let awa = for_body(&house, "ccsc-fictif", Role::Secretary);
    let moussa = for_organisation(&house, "droits-fictifs", Role::Secretary);
    let draft = drafted(&house, &awa).await;
    assert_eq!(house.get(Some(&moussa), &draft).await.status, StatusCode::NOT_FOUND);
    assert!(to(&house.get(None, &draft).await).starts_with("/connexion"));
    let signing = format!("{draft}/signatures");
    let ask = [("organisation", "veille et droits"), ("faire", "demander")];
    to(&house.post(Some(&awa), &signing, &ask).await);
    let twice = house.post(Some(&awa), &signing, &ask).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text().contains("veille et droits"));
    assert!(seen(&house, Some(&moussa), "/bureau").await.contains("Cosignatures demandées"));
    assert!(seen(&house, Some(&moussa), &draft).await.contains("Poser douze lampes"));
    let write = house.post(Some(&moussa), &draft, &fields(&[])).await;
    assert_eq!(write.status, StatusCode::FORBIDDEN);
    let sign = [("organisation", "droits-fictifs"), ("faire", "signer")];
    assert_eq!(house.post(Some(&awa), &signing, &sign).await.status, StatusCode::FORBIDDEN);
    to(&house.post(Some(&moussa), &signing, &sign).await);
    assert!(seen(&house, Some(&awa), &draft).await.contains("— donnée,"));
    // The words change: the signature must be asked again.
    to(&house.post(Some(&awa), &draft, &fields(&[("titre", "Éclairer tout Dougouba")])).await);
    assert!(!seen(&house, Some(&awa), &draft).await.contains("— donnée,"));
    to(&house.post(Some(&moussa), &signing, &sign).await);
    to(&house
        .post(Some(&moussa), &signing, &[("organisation", "droits-fictifs"), ("faire", "retirer")])
        .await);
    to(&house.post(Some(&moussa), &signing, &sign).await);
    let page = to(&house.post(Some(&awa), &format!("{draft}/adopter"), &[("adopte-le", "2026-03-01")]).await);
    assert!(seen(&house, None, &page).await.contains("Veille et droits"));
    assert!(seen(&house, None, "/mur/droits").await.contains("Recommandations cosignées"));
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn adoption_says_all_that_is_missing_at_once() {
    let house = world();
    let awa = for_body(&house, "ccsc-fictif", Role::Secretary);
    let bare = [("pour", "body:ccsc-fictif"), ("d1-qui", "Personne"), ("faire", "enregistrer")];
    let draft = to(&house.post(Some(&awa), "/recommandations/nouvelle", &bare).await);
    let reply = house.post(Some(&awa), &format!("{draft}/adopter"), &[("adopte-le", "03/03/2026")]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = reply.text();
    for said in [
        "Donnez un titre",
        "au moins un point",
        "pas au registre des autorités",
        "jour à venir",
        "03/03/2026",
    ] {
        assert!(text.contains(said), "{said} : {text}");
    }
    assert!(!text.contains("Dites à qui la recommandation"));
    let delegate = for_body(&house, "ccsc-fictif", Role::Delegate);
    let refused =
        house.post(Some(&delegate), &format!("{draft}/adopter"), &[("adopte-le", "2026-03-01")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_adopted_recommendation_is_public_and_found() {
    let house = world();
    let awa = for_body(&house, "ccsc-fictif", Role::Secretary);
    let page = adopted(&house, &awa).await;
    let text = seen(&house, None, &page).await;
    for said in [
        TITLE,
        "6 sur 6",
        "Comité de Dougouba",
        "Maire de Dougouba",
        "Exercice",
        "Pas encore remise",
        "12 février 2026",
    ] {
        assert!(text.contains(said), "{said} : {text}");
    }
    assert!(text.contains("<svg class=\"qr\""));
    assert!(!text.contains("Clore cette"));
    assert!(seen(&house, Some(&awa), &page).await.contains("Clore cette"));
    assert!(seen(&house, None, &format!("/en{page}")).await.contains("Quality: 6 of 6"));
    let past = house.get(None, &format!("{page}?au=2026-03-01")).await;
    assert_eq!(past.status, StatusCode::NOT_FOUND);
    for (query, found) in [
        ("", true),
        ("?q=eclairer+marche", true),
        ("?q=riviere", false),
        ("?destinataire=maire-fictif", true),
        ("?destinataire=gouverneur-fictif", false),
        ("?auteur=body:ccsc-fictif", true),
        ("?theme=infrastructure&annee=2026&genre=exercice&etat=ouverte", true),
        ("?lieu=region-fictive", true),
        ("?genre=reel", false),
        ("?etat=close", false),
        ("?annee=2025", false),
        ("?apres=0000-2026-01-01", false),
    ] {
        for suffix in ["", ".csv", ".json"] {
            let text = seen(&house, None, &format!("/recommandations{suffix}{query}")).await;
            assert_eq!(text.contains(TITLE), found, "{suffix}{query} : {text}");
        }
    }
    assert!(seen(&house, None, "/recommandations.atom").await.contains("[Exercice"));
    for wall in ["/mur", "/mur/maire", "/mur/commune"] {
        assert!(seen(&house, None, wall).await.contains(TITLE), "{wall}");
    }
    assert!(seen(&house, Some(&awa), "/bureau").await.contains("0 remise(s) sur 1"));
}

#[tokio::test]
async fn delivery_starts_the_clock_once() {
    let house = world();
    let awa = for_body(&house, "ccsc-fictif", Role::Secretary);
    let page = adopted(&house, &awa).await;
    let sending = format!("{page}/transmettre");
    let form = seen(&house, Some(&awa), &sending).await;
    assert!(form.contains("Remise\u{a0}: Maire de Dougouba") && form.contains("Aucun texte n’oblige"));
    assert!(form.contains("value=\"ccsc\" selected"), "{form}");
    let send = |on: &'static str, to: &'static str| {
        [("destinataire", to), ("remis-le", on), ("preuve", "receipt"), ("regle", "ccsc")]
    };
    for (on, whom, said) in [
        ("2026-02-11", "maire-fictif", "précéder l’adoption"),
        ("2026-03-03", "maire-fictif", "jour à venir"),
        ("2026-02-13", "gouverneur-fictif", "pas adressée à cette autorité"),
        ("hier", "maire-fictif", "n’est pas une date"),
    ] {
        let reply = house.post(Some(&awa), &sending, &send(on, whom)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{on} {whom}");
        assert!(reply.text().contains(said), "{said} : {}", reply.text());
        assert!(reply.text().contains(&format!("value=\"{on}\"")));
    }
    let moussa = for_organisation(&house, "droits-fictifs", Role::Secretary);
    let other = house.post(Some(&moussa), &sending, &send("2026-02-13", "maire-fictif")).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let pdf: &[u8] = b"%PDF-1.7 accuse fictif";
    let sent = send("2026-02-13", "maire-fictif");
    to(&house.post_files(Some(&awa), &sending, &sent, &[("fichier", pdf)]).await);
    let text = seen(&house, None, &page).await;
    for said in ["Remise le", "13 février 2026"] {
        assert!(text.contains(said), "{said} : {text}");
    }
    let sql = "SELECT acknowledge_by, answer_by FROM recommendation_addressee WHERE delivered_on IS NOT NULL";
    let due: Vec<(String, String)> = house
        .house()
        .record()
        .shelf
        .read(|tx| tx.rows(sql, &[], |row| Ok((row.get(0)?, row.get(1)?))))
        .unwrap();
    assert_eq!(due, [("2026-02-20".to_owned(), "2026-03-15".to_owned())]);
    let again = house.post(Some(&awa), &sending, &sent).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("déjà enregistrée"));
    let at = text.split("href=\"").find(|part| part.contains("/pieces/")).unwrap();
    let file = house.get(None, at.split('"').next().unwrap()).await;
    assert_eq!((file.bytes.as_slice(), file.header("content-type")), (pdf, "application/pdf"));
    let elsewhere = format!("{page}/pieces/{}", "0".repeat(64));
    assert_eq!(house.get(None, &elsewhere).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn authors_close_and_reopen_and_the_matrix_follows() {
    let house = world();
    let awa = for_body(&house, "ccsc-fictif", Role::Secretary);
    let moussa = for_organisation(&house, "droits-fictifs", Role::Secretary);
    let page = adopted(&house, &awa).await;
    let closing = format!("{page}/clore");
    let close = [("le", "2026-03-01"), ("fondement", "satisfactory"), ("motif", "Fait et constaté.")];
    assert!(to(&house.post(None, &closing, &close).await).starts_with("/connexion"));
    assert_eq!(house.post(Some(&moussa), &closing, &close).await.status, StatusCode::FORBIDDEN);
    let bare = house.post(Some(&awa), &closing, &[("le", "2026-03-01"), ("fondement", "replaced")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = bare.text();
    for said in
        ["Donnez une explication", "Indiquez la recommandation qui la remplace", "value=\"2026-03-01\""]
    {
        assert!(text.contains(said), "{said} : {text}");
    }
    to(&house.post(Some(&awa), &closing, &close).await);
    assert!(seen(&house, None, &page).await.contains("Close par ses auteurs"));
    let reopen = [("le", "2026-03-02"), ("motif", "Les lampes sont éteintes.")];
    to(&house.post(Some(&awa), &format!("{page}/rouvrir"), &reopen).await);
    assert!(seen(&house, None, &page).await.contains("Rouverte par ses auteurs"));
    let matrix = seen(&house, None, "/recommandations/matrice.csv").await;
    assert!(
        matrix.starts_with("N°,\"Source / réunion (date, PV)\",") || matrix.starts_with("N°,"),
        "{matrix}"
    );
    for cell in [
        "Poser douze lampes au marché.",
        "haute",
        "Maire de Dougouba",
        "30/06/2026",
        "Budget communal",
        "02/03/2026",
    ] {
        assert!(matrix.contains(cell), "{cell} : {matrix}");
    }
    let sheet = house.get(None, "/recommandations/matrice.xlsx").await;
    assert!(sheet.bytes.starts_with(b"PK"));
    assert_eq!(house.difference(), None);
}
