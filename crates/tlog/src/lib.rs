#![doc = include_str!("../README.md")]

pub mod checkpoint;
pub mod frontier;
pub mod merkle;
pub mod note;
pub mod proof;
pub mod tree;

pub use checkpoint::{Checkpoint, CheckpointError, open_checkpoint, open_checkpoint_of, sign_checkpoint};
pub use frontier::{Frontier, FrontierError};
pub use merkle::{Hash, HashError, empty_root, leaf_hash, node_hash};
pub use note::{KeyError, Note, NoteError, Signature, Signer, VerifierKey};
pub use proof::{ProofError, verify_consistency, verify_inclusion};
pub use tree::Tree;
