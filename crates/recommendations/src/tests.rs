//! Acts case by case; drafts, adoption and delivery through the house; imports of each layout. All names are fictional.

mod acts;
mod imports;
mod laws;
mod story;
mod world;
