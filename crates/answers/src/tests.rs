//! Tables of cases over the acts, a year under a stopped clock, and the pages as people ask for them.

mod acts;
mod laws;
mod pages;
mod world;
mod year;
