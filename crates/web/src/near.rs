//! Who asks, as far as rate limits need it: an address in this process's memory, behind a key, and written nowhere.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// The header in which proxies write for whom they ask, the nearest last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address under which the asking is counted: the connection's own, or, where that is a trusted proxy, the nearest that
/// no trusted proxy has. What stands further left anyone can have written.
pub(crate) fn asking(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> String {
    let mut near = peer.to_canonical();
    let said = headers.get_all(FORWARDED_FOR).into_iter().filter_map(|value| value.to_str().ok());
    let said: Vec<&str> = said.flat_map(|value| value.split(',')).collect();
    for one in said.into_iter().rev() {
        if !trusted.contains(&near) {
            break;
        }
        let Some(before) = address(one.trim()) else { break };
        near = before;
    }
    counted(near)
}

/// With or without a port, as proxies write it.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let parsed = bare.unwrap_or(text).parse().ok();
    let parsed = parsed.or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|with_port| with_port.ip()));
    parsed.map(|address: IpAddr| address.to_canonical())
}

/// One line of IPv6 has as many addresses as its owner likes: its network counts.
fn counted(near: IpAddr) -> String {
    match near {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(peer: &str, said: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for one in said {
            headers.append(FORWARDED_FOR, one.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|one| one.parse().unwrap()).collect();
        asking(peer.parse().unwrap(), &headers, &trusted)
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_word() {
        for (peer, said, trusted, wanted) in [
            ("203.0.113.7", &["198.51.100.1"][..], &[][..], "203.0.113.7"),
            ("203.0.113.7", &["198.51.100.1"], &["127.0.0.1"], "203.0.113.7"),
            ("127.0.0.1", &["198.51.100.1"], &["127.0.0.1"], "198.51.100.1"),
            // The visitor wrote the first one; the proxy added the last.
            ("127.0.0.1", &["192.0.2.9, 198.51.100.1"], &["127.0.0.1"], "198.51.100.1"),
            ("127.0.0.1", &["192.0.2.9", "198.51.100.1"], &["127.0.0.1"], "198.51.100.1"),
            ("127.0.0.1", &["198.51.100.1, 10.0.0.2"], &["127.0.0.1", "10.0.0.2"], "198.51.100.1"),
            ("127.0.0.1", &["198.51.100.1:4711"], &["127.0.0.1"], "198.51.100.1"),
            ("127.0.0.1", &[], &["127.0.0.1"], "127.0.0.1"),
            ("127.0.0.1", &["unknown"], &["127.0.0.1"], "127.0.0.1"),
            ("::ffff:127.0.0.1", &["198.51.100.1"], &["127.0.0.1"], "198.51.100.1"),
            ("::1", &["[2001:db8:1:2:3:4:5:6]:443"], &["::1"], "2001:db8:1:2::/64"),
            ("2001:db8:1:2:9:9:9:9", &[], &[], "2001:db8:1:2::/64"),
        ] {
            assert_eq!(near(peer, said, trusted), wanted, "{peer} {said:?} {trusted:?}");
        }
    }
}
