#![doc = include_str!("../README.md")]

pub mod checkpoint;
pub mod cosignature;
pub mod frontier;
mod lines;
pub mod merkle;
pub mod note;
mod path;
pub mod policy;
pub mod proof;
pub mod proof_file;
pub mod tile;
pub mod tree;
pub mod witness;

pub use checkpoint::{
    Checkpoint, CheckpointError, checkpoint_of, open_checkpoint, open_checkpoint_of, sign_checkpoint,
};
pub use cosignature::{CosignatureError, Cosigner, CosignerKey};
pub use frontier::{Frontier, FrontierError};
pub use merkle::{Hash, HashError, empty_root, leaf_hash, node_hash};
pub use note::{KeyError, Note, NoteError, Signature, Signer, VerifierKey};
pub use policy::{Policy, PolicyError};
pub use proof::{ProofError, verify_consistency, verify_inclusion};
pub use proof_file::{ProofFile, ProofFileError};
pub use tile::{Bundle, BundleError, Tile, TileEdge, TileError, TiledError, TiledTree};
pub use tree::Tree;
pub use witness::{AddCheckpoint, WitnessError};
