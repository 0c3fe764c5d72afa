//! The QR square of a page's stable address, for printed sheets and posters.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the square.
///
/// **Source** ISO/IEC 18004:2015, 6.3.8: four modules on each side.
const QUIET: usize = 4;

/// The address as a QR square in one path, black on white whatever the scheme, named by `title`.
///
/// An address longer than a square can hold (2,331 bytes) is printed as text instead.
///
/// **Source** ISO/IEC 18004, error correction level M: a creased or stained sheet is still read.
pub fn qr(url: &str, title: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(url, EcLevel::M) else {
        return html! { p.qr { (url) } };
    };
    let side = code.width() + 2 * QUIET;
    html! {
        svg.qr role="img" viewBox=(format!("0 0 {side} {side}")) width="160" height="160"
            shape-rendering="crispEdges" {
            title { (title) }
            desc { (url) }
            rect width=(side) height=(side) fill="#fff" {}
            path fill="#000" d=(dark_runs(&code)) {}
        }
    }
}

/// Each unbroken run of dark modules of a line, as a rectangle one module high.
fn dark_runs(code: &QrCode) -> String {
    let width = code.width();
    let colours = code.to_colors();
    let mut path = String::new();
    for (y, line) in colours.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = line[x..].iter().take_while(|colour| **colour == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://toguna.example/recommandations/2026-017?au=2026-03-01&langue=fr";

    /// Reads the path back into modules, quiet zone taken off.
    fn drawn(path: &str, width: usize) -> Vec<Color> {
        let mut modules = vec![Color::Light; width * width];
        for run in path.split('M').skip(1) {
            let (at, rest) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            for step in 0..length {
                modules[(y - QUIET) * width + x - QUIET + step] = Color::Dark;
            }
        }
        modules
    }

    #[test]
    fn the_path_holds_every_module_of_the_code() {
        let code = QrCode::with_error_correction_level(ADDRESS, EcLevel::M).unwrap();
        assert_eq!(drawn(&dark_runs(&code), code.width()), code.to_colors());
    }

    #[test]
    fn the_quiet_zone_is_four_modules_wide() {
        let code = QrCode::with_error_correction_level(ADDRESS, EcLevel::M).unwrap();
        let side = code.width() + 8;
        let page = qr(ADDRESS, "Adresse").into_string();
        assert!(page.contains(&format!("viewBox=\"0 0 {side} {side}\"")));
        assert!(page.contains("M4 4h7v1h-7z"), "the finder pattern starts after four light modules");
    }

    #[test]
    fn words_are_escaped_and_no_style_is_written() {
        let page = qr(ADDRESS, "<b> & \"co\"").into_string();
        assert!(page.contains("<title>&lt;b&gt; &amp; &quot;co&quot;</title>"));
        assert!(page.contains("au=2026-03-01&amp;langue=fr</desc>"));
        assert!(!page.contains("style="));
        assert!(page.contains("role=\"img\""));
    }

    #[test]
    fn an_address_beyond_the_square_is_printed() {
        let long = "a".repeat(2_332);
        assert!(!qr(&long[1..], "x").into_string().starts_with("<p"));
        assert_eq!(qr(&long, "x").into_string(), format!("<p class=\"qr\">{long}</p>"));
    }

    #[test]
    fn an_empty_address_still_makes_a_square() {
        assert!(qr("", "x").into_string().contains("<path"));
    }
}
