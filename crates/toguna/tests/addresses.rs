//! Every address answers in the visitor's language and in the layout of the house, whatever is asked of it; and who holds a page
//! is not sent it again.

use web::rehearsal::{Rehearsal, Reply};

fn house() -> Rehearsal {
    Rehearsal::of(&toguna::rooms::ROOMS, "2026-03-02T10:00:00Z")
}

/// The page is one of the house: its language, its title, its way home; and no cache holds it but for 404.
fn is_of_the_house(reply: &Reply, status: u16, lang: &str, heading: &str) {
    let text = reply.text();
    assert_eq!(reply.status.as_u16(), status, "{heading}");
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{heading}");
    assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{heading}");
    for part in
        [&format!("lang=\"{lang}\""), &format!("<h1>{heading}</h1>"), "id=\"contenu\"", "class=\"foot\""]
    {
        assert!(text.contains(part), "{part} : {text}");
    }
    if status != 404 {
        assert_eq!(reply.header("cache-control"), "no-store", "{heading}");
    }
}

/// Method, address, headers and body; then the status, and the heading in French and in English.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, u16, &'a str, &'a str);

#[tokio::test]
async fn what_leads_nowhere_or_cannot_be_done_says_so_in_the_language_of_the_house() {
    let house = house();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let plain = [("content-type", "text/plain")];
    let several = [("content-type", "multipart/form-data; boundary=x")];
    let cut = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb";
    let huge = format!("nom={}", "a".repeat(7 << 20));
    let long = format!("/recherche?q={}", "a".repeat(5_000));
    let cases: [Case<'_>; 12] = [
        ("GET", "/nulle-part", &[], "", 404, "Page introuvable", "Page not found"),
        ("GET", "/lieux/%ff", &[], "", 404, "Page introuvable", "Page not found"),
        ("GET", "/lieux/%00", &[], "", 404, "Page introuvable", "Page not found"),
        ("GET", "/registre/abc", &[], "", 404, "Page introuvable", "Page not found"),
        (
            "POST",
            "/lieux",
            &form,
            "a=b",
            405,
            "Cela ne se fait pas à cette adresse",
            "This is not done at this address",
        ),
        (
            "DELETE",
            "/",
            &[],
            "",
            405,
            "Cela ne se fait pas à cette adresse",
            "This is not done at this address",
        ),
        ("POST", "/connexion", &plain, "a=b", 400, "Cet envoi ne se lit pas", "This cannot be read"),
        ("POST", "/connexion", &several, cut, 400, "Cet envoi ne se lit pas", "This cannot be read"),
        ("POST", "/connexion", &form, &huge, 413, "C’est trop volumineux", "This is too large"),
        ("GET", &long, &[], "", 414, "Cette adresse est trop longue", "This address is too long"),
        ("POST", &long, &form, "a=b", 414, "Cette adresse est trop longue", "This address is too long"),
        ("GET", "/lieux?au=demain", &[], "", 422, "Cette date ne convient pas", "This date will not do"),
    ];
    for (method, address, headers, body, status, french, english) in cases {
        let reply = house.send(method, address, headers, body).await;
        is_of_the_house(&reply, status, "fr", french);
        assert!(!reply.text().contains("aaaaaaaa"), "what is too long is not sent back");
        let reply = house.send(method, &format!("/en{address}"), headers, body).await;
        is_of_the_house(&reply, status, "en", english);
    }
    let refused = house.send("POST", "/lieux", &form, "").await;
    assert!(refused.header("allow").contains("GET"), "what can be done is told: {}", refused.header("allow"));
}

#[tokio::test]
async fn who_holds_a_page_is_not_sent_it_again() {
    let house = house();
    for address in [
        "/",
        "/lieux",
        "/lieux?niveau=region",
        "/lieux.json",
        "/en/instances",
        "/nouveautes.atom",
        "/style.css",
        "/logo.svg",
    ] {
        let page = house.get(None, address).await;
        let tag = page.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{address} {tag}");
        assert_eq!(house.get(None, address).await.header("etag"), tag, "{address}");
        let again = house.send("GET", address, &[("if-none-match", &tag)], "").await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{address}");
        assert_eq!(again.header("etag"), tag, "{address}");
        let other = house.send("GET", address, &[("if-none-match", "W/\"autre\"")], "").await;
        assert_eq!((other.status.as_u16(), other.bytes), (200, page.bytes), "{address}");
    }
    let french = house.get(None, "/lieux").await.header("etag").to_owned();
    assert_ne!(house.get(None, "/en/lieux").await.header("etag"), french);
    let guest = house.guest(terms::Behalf::Instance, terms::access::Role::Steward);
    assert_eq!(
        house.get(Some(&guest), "/lieux").await.header("etag"),
        "",
        "what is someone’s own has no tag"
    );
    for searched in ["/recherche?q=a", "/lieux?q=a", "/silences?autorite=a", "/reunions.csv?instance=a"] {
        let reply = house.get(None, searched).await;
        assert_eq!((reply.header("etag"), reply.header("cache-control")), ("", "no-store"), "{searched}");
    }
    // Who was enrolled changed the record; the page says how many entries it has.
    let changed = house.send("GET", "/lieux", &[("if-none-match", &french)], "").await;
    assert_eq!(changed.status.as_u16(), 200);
}

#[tokio::test]
async fn the_head_alone_is_told_what_the_page_is_told() {
    let house = house();
    for address in ["/", "/lieux.csv", "/style.css"] {
        let (page, head) = (house.get(None, address).await, house.send("HEAD", address, &[], "").await);
        assert_eq!((head.status, head.bytes.len()), (page.status, 0), "{address}");
        for name in ["content-type", "cache-control", "etag", "content-security-policy"] {
            assert_eq!(head.header(name), page.header(name), "{address} {name}");
        }
    }
}

#[tokio::test]
async fn only_an_address_that_changes_with_it_is_kept_for_good() {
    let house = house();
    let page = house.get(None, "/").await.text();
    let style = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(house.get(None, style).await.header("cache-control").contains("immutable"), "{style}");
    for address in ["/style.css", "/style.css?v=0", "/logo.svg", "/icone.svg"] {
        assert_eq!(
            house.get(None, address).await.header("cache-control"),
            "public, max-age=86400",
            "{address}"
        );
    }
}

/// Every list, with the endings that its page must link to.
#[tokio::test]
async fn every_list_links_to_its_data_and_its_feed() {
    let house = house();
    for list in hall::OPEN_DATA.iter().filter(|list| list.page) {
        let page = house.get(None, list.path).await.text();
        for ending in list.endings {
            let address = format!("{}{ending}", list.path);
            assert!(
                page.contains(&format!("href=\"{address}\"")),
                "{} does not link to {address}",
                list.path
            );
            assert_eq!(house.get(None, &address).await.status.as_u16(), 200, "{address}");
            let past = house.get(None, &format!("{}?au=2026-03-01", list.path)).await.text();
            assert!(
                past.contains(&format!("href=\"{address}?au=2026-03-01\"")),
                "{} on another day",
                list.path
            );
        }
    }
}

#[tokio::test]
async fn the_day_looked_at_goes_along_with_every_link_and_filter() {
    let house = house();
    let mut looked = 0;
    for list in hall::OPEN_DATA.iter().filter(|list| list.page).map(|list| list.path).chain([
        "/",
        "/methode",
        "/a-propos",
    ]) {
        let page = house.get(None, &format!("{list}?au=2026-03-01")).await.text();
        assert!(page.contains("1er\u{a0}mars 2026") || page.contains("1er mars 2026"), "{list} says the day");
        let back = format!("href=\"{list}\"");
        for link in page.split("<a ").skip(1).filter_map(|rest| rest.split('>').next()) {
            let ours = link.contains("href=\"/") && !link.contains(&back);
            let kept = link.contains("au=2026-03-01") || link.contains("entrees.jsonl");
            assert!(!ours || kept, "{list} : <a {link}>");
            looked += usize::from(ours);
        }
        for form in page.split("<form").skip(1).filter(|form| form.contains("method=\"get\"")) {
            let form = form.split("</form>").next().unwrap();
            let carried = form.contains("name=\"au\"");
            assert!(carried, "{list} : a filter that leaves the day");
        }
    }
    assert!(looked > 200, "{looked}");
}
