//! The store under full disks, damage and a bad network.

mod bucket;
mod folder;
