//! toguna
fn main() {}
