//! The packs are embedded in the binary: a file added to their folder must rebuild it.

fn main() {
    // A build script speaks to cargo through its output.
    #[allow(clippy::print_stdout)]
    {
        println!("cargo::rerun-if-changed=../../packs");
    }
}
