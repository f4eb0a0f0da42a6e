//! Bounds at the edge, so that one reader cannot use up what belongs to all.

use super::{Rules, require};
use crate::{
    reader::Reader,
    section::section,
    value::{Size, Span},
};

section! {
    /// Bounds at the edge, so that one reader cannot use up what belongs to all (限额).
    Limits at "limits" {
        /// Largest form without files.
        form: Size,
        /// Largest JSON body.
        json: Size,
        /// Rows on a page of a list unless the reader asks for fewer or more.
        page_size: u16,
        /// Most rows on a page that a reader may ask for.
        page_size_max: u16,
        /// Most rows of one export.
        export_rows: u32,
        /// Conversions and large reports that run at once.
        heavy_jobs: u16,
        /// Time that one conversion may take.
        heavy_timeout: Span,
        /// Public comments from one address within an hour.
        comments_hour: u16,
        /// Public comments from one subnet (/24 or /48) within an hour.
        comments_subnet_hour: u16,
        /// Sign-in attempts from one address within a minute.
        sign_in_minute: u16,
        /// Requests with one API token within a minute.
        api_minute: u16,
        /// Page requests from one address within a minute, people and machines without sign-in.
        pages_minute: u16,
        /// Links allowed in a public comment before a person looks at it first.
        comment_links: u16,
        /// Zero bits of the proof of work that a browser's script brings with public comments; each bit doubles the work, 0 asks for none.
        comment_proof_bits: u16,
        /// How long a challenge for the proof of work may be answered.
        comment_proof_lifetime: Span,
        /// Public comments without a proof of work from one address within an hour before a person looks at them first.
        comment_bare_hour: u16,
        /// From which likeness on two comments count as saying the same, per mille of the groups of three characters that they share; holds for comments that the desk has not yet looked at.
        comment_likeness: u16,
        /// Most files of one comment.
        comment_files: u16,
        /// Largest file of a comment.
        comment_file: Size,
    }
}

impl Rules for Limits {
    fn check(&self, reader: &mut Reader<'_>) {
        let order = self.page_size <= self.page_size_max && self.page_size > 0;
        require::<Self>(reader, "page_size", order, "must be from 1 to page_size_max");
        for (name, value) in [
            ("heavy_jobs", self.heavy_jobs),
            ("comments_hour", self.comments_hour),
            ("comments_subnet_hour", self.comments_subnet_hour),
            ("sign_in_minute", self.sign_in_minute),
            ("api_minute", self.api_minute),
            ("pages_minute", self.pages_minute),
        ] {
            require::<Self>(reader, name, value > 0, "must be at least 1");
        }
        let proof = "must be from 0 to 26, or phones would work for minutes";
        require::<Self>(reader, "comment_proof_bits", self.comment_proof_bits <= 26, proof);
        let alike = (1..=1_000).contains(&self.comment_likeness);
        require::<Self>(reader, "comment_likeness", alike, "must be from 1 to 1000");
        let some = !self.comment_proof_lifetime.get().is_zero();
        require::<Self>(reader, "comment_proof_lifetime", some, "must be longer than nothing");
        let room = self.form.bytes() >= 1_024 && self.json.bytes() >= 1_024;
        require::<Self>(reader, "form", room, "must be, like json, at least 1 KiB");
    }
}
