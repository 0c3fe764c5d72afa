//! A visitor with a browser: real connections from an address of their own, and every trace that a browser
//! leaves.

use std::io::{Read, Write};
use std::net::SocketAddr;

use terms::Instant;
use totp_rs::{Builder, Secret};

use crate::form::{Sheet, between, each};
use crate::scene::Scene;

/// What a visitor's machine tells of itself: none of it may be found anywhere.
pub(crate) const TRACES: [&str; 8] = [
    "canari-navigateur",
    "canari-requete",
    "canari-langue",
    "canari-appareil",
    "canari-provenance",
    "203.0.113.77",
    "198.51.100.23",
    "127.0.0.77",
];

/// The house at a port of its own; it is closed when this is dropped.
pub(crate) struct Doors {
    address: SocketAddr,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Doors {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Doors {
    /// The house is served as the binary serves it.
    pub(crate) async fn open(scene: &Scene) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = scene.house.house().router().into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { address, serving }
    }

    /// Someone arrives, with no cookie yet.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor { address: self.address, cookie: None, site: "same-origin" }
    }
}

/// Someone with a browser.
pub(crate) struct Visitor {
    address: SocketAddr,
    /// The session's cookie.
    pub(crate) cookie: Option<String>,
    /// Where the browser says a form comes from.
    pub(crate) site: &'static str,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) text: String,
}

/// The parts of an account that were seen once, on paper or screen.
pub(crate) struct Seen {
    pub(crate) secret: String,
    pub(crate) codes: Vec<String>,
}

impl Visitor {
    /// What the address answers.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, String::new()).await
    }

    /// What the house answers to a filled form.
    pub(crate) async fn send(&mut self, sheet: &Sheet) -> Answer {
        self.post(&sheet.action, &sheet.fields).await
    }

    /// What the address answers to these fields, as they are.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        self.ask("POST", path, pairs.collect::<Vec<_>>().join("&")).await
    }

    /// The form that this page sends to `action`, filled and sent.
    pub(crate) async fn fills(&mut self, path: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path} : {}", page.text);
        self.send(&Sheet::on(&page.text, action).with_all(fields)).await
    }

    async fn ask(&mut self, method: &str, path: &str, body: String) -> Answer {
        let joint = if path.contains('?') { '&' } else { '?' };
        let path = path.split('#').next().unwrap_or(path);
        let mut head = format!("{method} {path}{joint}trace=canari-requete HTTP/1.1\r\n");
        let site = self.site;
        let headers = [
            ("Host", "toguna.example"),
            ("Connection", "close"),
            ("User-Agent", "canari-navigateur/7.1"),
            ("Accept-Language", "fr-ML, canari-langue;q=0.1"),
            ("Referer", "https://canari-provenance.example/"),
            ("X-Device-Id", "canari-appareil"),
            ("X-Forwarded-For", "203.0.113.77"),
            ("X-Real-Ip", "203.0.113.77"),
            ("Forwarded", "for=198.51.100.23;proto=https"),
            ("Sec-Fetch-Site", site),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        if let Some(cookie) = &self.cookie {
            head.push_str(&format!("Cookie: {cookie}\r\n"));
        }
        let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
        let answer = exchanged(self.address, request).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer}"));
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value).next_back()
        };
        if let Some(set) = header("set-cookie") {
            self.cookie = Some(set.split(';').next().unwrap().to_owned()).filter(|pair| !pair.ends_with('='));
        }
        let text = match header("transfer-encoding") {
            Some("chunked") => joined(body),
            _ => body.to_owned(),
        };
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, location: header("location").unwrap_or_default().to_owned(), text }
    }

    /// An invitation is accepted to its end: name and password, the phone, the codes on paper.
    pub(crate) async fn accepts(
        &mut self,
        scene: &Scene,
        invitation: &str,
        name: &str,
        password: &str,
    ) -> Seen {
        let chosen = [("nom", name), ("nouveau", password), ("encore", password)];
        let next = self.fills(invitation, invitation, &chosen).await;
        assert_eq!(
            (next.status, next.location.as_str()),
            (303, format!("{invitation}/second-facteur").as_str())
        );
        let sheet = self.get(&next.location).await.text;
        let secret = between(&sheet, "Clé à recopier\u{a0}: <code>", "</code>").replace(' ', "");
        let code = code(scene, &secret);
        let done = self.fills(&next.location, &next.location, &[("code", &code)]).await;
        assert_eq!(done.status, 200, "{}", done.text);
        let codes = each(&done.text, "<li><code>", "<").into_iter().map(str::to_owned).collect();
        Seen { secret, codes }
    }
}

/// The six digits that a phone shows now.
pub(crate) fn code(scene: &Scene, secret: &str) -> String {
    let now: Instant = (scene.house.house().record().clock)();
    let secret = Secret::try_from_base32(secret).unwrap();
    let phone = Builder::new().with_secret(secret).with_account_name("essai").build().unwrap();
    phone.generate(u64::try_from(now.as_second()).unwrap()).to_string()
}

/// What comes back over a connection from 127.0.0.77.
async fn exchanged(to: SocketAddr, request: String) -> String {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.77:0".parse().unwrap()).unwrap();
    let stream = socket.connect(to).await.unwrap().into_std().unwrap();
    let exchange = move || {
        let mut stream = stream;
        stream.set_nonblocking(false).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    };
    tokio::task::spawn_blocking(exchange).await.unwrap()
}

/// The bytes of a chunked body, without the lengths between them.
fn joined(chunked: &str) -> String {
    let (mut whole, mut rest) = (String::new(), chunked);
    while let Some((length, tail)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length.trim(), 16).unwrap();
        if length == 0 {
            break;
        }
        whole.push_str(&tail[..length]);
        rest = &tail[length + 2..];
    }
    whole
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
