//! `toguna publish`: the public site as plain files, which any web server or a browser alone shows.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{Request, header};
use tlog::tile::{new_bundles, new_tiles};
use toguna::instance::{house, look, machine_clock, setting};
use toguna::publish::{Address, links, relative, rewritten};
use tower::ServiceExt as _;
use web::House;

use crate::ending::{Ending, system_fr};
use crate::progress::{bar, result};

/// Bytes of an answer at most: a record in one download may be large.
const ANSWER_MAX: usize = 1 << 30;

/// Addresses that no page needs to link to.
const BESIDE: [&str; 4] =
    ["/registre/checkpoint", "/registre/politique", "/registre/successions", "/robots.txt"];

/// What the site answered where it lies.
struct Found {
    file: String,
    is_page: bool,
}

/// The site is in the folder, as files.
///
/// **Errors** the folder is there and not empty; no instance; a page cannot be made; the system refused.
pub(crate) fn run(dir: &Path, data: &Path, address: Option<&str>) -> Result<(), Ending> {
    if std::fs::read_dir(dir).is_ok_and(|mut files| files.next().is_some()) {
        return Err(record::Fault::Occupied(dir.display().to_string()).into());
    }
    let reading = look(data, &mut bar("Examen du fichier"))?;
    let size = reading.shelf.read(|tx| {
        let key = record::succession::key_in_force(tx)?;
        record::proofs::newest(tx, &key)
    })?;
    let size = size.size;
    let public = address.map_or_else(|| format!("https://{}", reading.founded.origin), str::to_owned);
    let record = reading.into_record(machine_clock())?;
    let today = record.today();
    let house = house(record, web::Setting { frozen: true, ..setting(data, &public) })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Ending::Fault(system_fr(&error)))?;
    let made = beside(dir)?;
    let mut crawl = Crawl { house: house.clone(), dir: &made, found: BTreeMap::new(), dead: BTreeSet::new() };
    runtime.block_on(crawl.gather(size))?;
    let told = Told {
        french: format!(
            "Copie figée le {} : {size} entrées au registre. Elle ne suit pas ce qui s’est passé depuis.",
            calendar::day_fr(today)
        ),
        english: format!(
            "Copy frozen on {}: {size} entries on the record. It does not follow what has happened since.",
            calendar::day_en(today)
        ),
        address: address.map(|address| address.trim_end_matches('/').to_owned()),
    };
    crawl.rewrite(&told)?;
    drop(runtime);
    let refused = |error: std::io::Error| record::Fault::file(dir, &error);
    if dir.exists() {
        std::fs::remove_dir(dir).map_err(refused)?;
    }
    std::fs::rename(&made, dir).map_err(refused)?;
    let (files, dead) = (crawl.found.len(), crawl.dead.clone());
    drop(crawl);
    house.close();
    result(&format!("Site figé dans « {} » : {files} fichiers. Ouvrez index.html.\n", dir.display()))?;
    if dead.is_empty() {
        return Ok(());
    }
    let list = dead.into_iter().collect::<Vec<_>>().join("\n  ");
    Err(Ending::Fault(format!("ces adresses, que des pages nomment, n’ont pas de page :\n  {list}")))
}

/// The site is made beside its folder and moved there when whole: a cut leaves no half that is taken for it.
fn beside(dir: &Path) -> Result<PathBuf, record::Fault> {
    let mut name = dir.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(".en-cours");
    let made = dir.with_file_name(name);
    if made.exists() {
        std::fs::remove_dir_all(&made).map_err(|error| record::Fault::file(&made, &error))?;
    }
    std::fs::create_dir_all(&made).map_err(|error| record::Fault::file(&made, &error))?;
    Ok(made)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), record::Fault> {
    let refused = |error: std::io::Error| record::Fault::file(path, &error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(refused)?;
    }
    std::fs::write(path, bytes).map_err(refused)
}

/// What a frozen page says of itself.
struct Told {
    french: String,
    english: String,
    address: Option<String>,
}

struct Crawl<'a> {
    house: House,
    dir: &'a Path,
    found: BTreeMap<Address, Found>,
    dead: BTreeSet<String>,
}

impl Crawl<'_> {
    /// Every public address that the first pages lead to is in the folder, as it was answered.
    async fn gather(&mut self, size: u64) -> Result<(), Ending> {
        let first = Address::first(false);
        let tiles = new_tiles(0, size).map(|tile| tile.to_string());
        let bundles: Vec<String> = new_bundles(0, size).map(|bundle| bundle.to_string()).collect();
        let pieces = bundles.iter().map(|path| path.replacen("tile/entries/", "pieces/", 1));
        let beside = tiles.chain(pieces).chain(bundles.clone()).map(|path| format!("/registre/{path}"));
        let beside = beside.chain(BESIDE.map(str::to_owned));
        let mut waiting: VecDeque<Address> = [first.clone(), Address::first(true)].into();
        waiting.extend(beside.filter_map(|link| Address::of(&link, &first)));
        let mut known: BTreeSet<Address> = waiting.iter().cloned().collect();
        let router = self.house.router();
        let mut moved = bar("Pages");
        while let Some(address) = waiting.pop_front() {
            moved(self.found.len() as u64, (self.found.len() + waiting.len() + 1) as u64);
            let request = Request::get(address.asked()).body(Body::empty());
            let Ok(request) = request else {
                self.dead.insert(address.asked());
                continue;
            };
            let Ok(response) = router.clone().oneshot(request).await;
            let (parts, body) = response.into_parts();
            let status = parts.status.as_u16();
            // Who is not signed in is led to where they sign in: there is no page for them.
            if matches!(status, 303 | 401 | 403) {
                continue;
            }
            if status != 200 {
                self.dead.insert(format!("{} ({status})", address.asked()));
                continue;
            }
            let bytes = axum::body::to_bytes(body, ANSWER_MAX).await;
            let bytes = bytes.map_err(|error| Ending::Fault(error.to_string()))?;
            let text =
                |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let kind = text(header::CONTENT_TYPE).to_owned();
            let is_page = kind.starts_with("text/html");
            let mut next = Vec::new();
            if is_page {
                next.extend(links(&String::from_utf8_lossy(&bytes)));
            }
            // Long lists of data go on elsewhere, as their answer says.
            next.extend(text(header::LINK).split(['<', '>']).nth(1).map(str::to_owned));
            for link in next {
                let Some(to) = Address::of(&link, &address) else { continue };
                if !to.is_live() && known.insert(to.clone()) {
                    waiting.push_back(to);
                }
            }
            let file = address.file(&kind);
            write(&self.dir.join(&file), &bytes)?;
            self.found.insert(address, Found { file, is_page });
        }
        moved(1, 1);
        Ok(())
    }

    /// Every page's links lead from file to file.
    fn rewrite(&self, told: &Told) -> Result<(), Ending> {
        let pages: Vec<_> = self.found.iter().filter(|(_, found)| found.is_page).collect();
        let mut moved = bar("Liens");
        for (done, (address, found)) in pages.iter().enumerate() {
            moved(done as u64, pages.len() as u64);
            let path = self.dir.join(&found.file);
            let page = std::fs::read_to_string(&path).map_err(|error| record::Fault::file(&path, &error))?;
            let mut leads = |link: &str| self.leads(link, address, found, told);
            let english = address.is_english();
            let notice = if english { &told.english } else { &told.french };
            let notice = format!("<p class=\"small mute\">{notice}</p>");
            let page = rewritten(&page, &mut leads, &told.instead(english, address), &notice);
            write(&path, page.as_bytes())?;
        }
        moved(1, 1);
        Ok(())
    }

    /// Where a link of a page leads from its file.
    fn leads(&self, link: &str, page: &Address, found: &Found, told: &Told) -> Option<String> {
        let fragment = link.split_once('#').map(|(_, fragment)| format!("#{fragment}")).unwrap_or_default();
        if link.starts_with('#') {
            return Some(link.to_owned());
        }
        let Some(to) = Address::of(link, page) else { return Some(link.to_owned()) };
        match self.found.get(&to) {
            Some(there) => Some(format!("{}{fragment}", relative(&found.file, &there.file))),
            None => told.address.as_ref().map(|site| format!("{site}{}{fragment}", to.asked())),
        }
    }
}

impl Told {
    /// What stands in the place of a form.
    fn instead(&self, english: bool, page: &Address) -> String {
        let sentence = if english {
            "Searching, filtering and sending need the running site; this copy is plain files."
        } else {
            "Chercher, filtrer et envoyer demandent le site en service ; cette copie n’est faite que de fichiers."
        };
        let there = self.address.as_ref().map(|site| {
            let (address, label) =
                (format!("{site}{}", page.asked()), if english { "Open it" } else { "L’ouvrir" });
            format!(" <a href=\"{}\">{label}</a>", address.replace('&', "&amp;").replace('"', "&quot;"))
        });
        format!("<p class=\"mute\">{sentence}{}</p>", there.unwrap_or_default())
    }
}
