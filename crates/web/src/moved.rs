//! What is left of a site that went elsewhere: every page leads to the same page there.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};

/// Every page leads for good to the same page at this address; what someone sends here is not taken, and they are told where to go.
pub fn moved_to(address: &str) -> Router {
    let address = address.trim_end_matches('/').to_owned();
    Router::new().fallback(move |request: Request| {
        let address = address.clone();
        async move { answer(&address, &request) }
    })
}

fn answer(address: &str, request: &Request) -> Response {
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
    let there = format!("{address}{asked}");
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let status = if reading { StatusCode::PERMANENT_REDIRECT } else { StatusCode::GONE };
    let mut response = (status, notice(if reading { &there } else { address }, reading)).into_response();
    let headers = response.headers_mut();
    if let (true, Ok(there)) = (reading, HeaderValue::from_str(&there)) {
        headers.insert(header::LOCATION, there);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // Who holds the record may change again.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

fn notice(there: &str, reading: bool) -> Markup {
    html! {
        (PreEscaped("<!doctype html>"))
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Ce registre est tenu ailleurs" }
            }
            body {
                h1 { "Ce registre est tenu ailleurs" }
                @if !reading { p { strong { "Ce que vous avez envoyé n’a pas été reçu." } " Recommencez à la nouvelle adresse." } }
                p { "La suite se lit et s’écrit ici : " a href=(there) { (there) } }
                p { "La page « Registre » y dit depuis quand, pourquoi, et quels gardiens de la succession l’ont décidé." }
                p lang="en" { "This record is now kept elsewhere: " a href=(there) { (there) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use tower::ServiceExt;

    use super::*;

    async fn ask(method: &str, path: &str) -> Response {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        moved_to("https://ailleurs.example/").oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn a_page_leads_to_the_same_page() {
        let response = ask("GET", "/recommandations/r-1?au=2025-01-01").await;
        assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
        let there = response.headers()[header::LOCATION].to_str().unwrap();
        assert_eq!(there, "https://ailleurs.example/recommandations/r-1?au=2025-01-01");
    }

    #[tokio::test]
    async fn what_is_sent_is_not_taken() {
        let response = ask("POST", "/recommandations/r-1/transmettre").await;
        assert_eq!(response.status(), StatusCode::GONE);
        assert!(response.headers().get(header::LOCATION).is_none());
        let page = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let page = String::from_utf8_lossy(&page);
        assert!(page.contains("n’a pas été reçu") && page.contains("https://ailleurs.example"), "{page}");
    }
}
