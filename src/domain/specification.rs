//! What kind of text a specification is, and at which level it was issued.
//!
//! Its number is in `number`, its life through time in `validity`.

use crate::keyed;

keyed! {
    /// The category (类别) of a metrological technical specification; domain table 4.1.
    Category as "specification category" {
        /// National verification scheme (国家计量检定系统表).
        VerificationScheme = "verification_scheme",
        /// Verification regulation (计量检定规程).
        VerificationRegulation = "verification_regulation",
        /// Type evaluation programme (计量器具型式评价大纲).
        TypeEvaluation = "type_evaluation",
        /// Calibration specification (计量校准规范).
        CalibrationSpecification = "calibration_specification",
        /// Any other specification (其他计量技术规范): vocabulary, guides, reference data, algorithms.
        Other = "other",
    }
}

impl Category {
    /// What a text becomes whose kind is to change after re-examination (转换类型): a regulation turns into a calibration
    /// specification and back (domain rules, E-18); other kinds have no counterpart and stay.
    pub fn other_kind(self) -> Self {
        match self {
            Self::VerificationRegulation => Self::CalibrationSpecification,
            Self::CalibrationSpecification => Self::VerificationRegulation,
            other => other,
        }
    }
}

keyed! {
    /// The level (层级) of the authority that issues a specification.
    Level as "specification level" {
        /// National (国家), issued by the market regulation authority of the State.
        National = "national",
        /// Departmental (部门), issued by a department of the State Council for its field.
        Departmental = "departmental",
        /// Provincial (地方), issued by the market regulator of one province.
        Provincial = "provincial",
        /// Regional (区域), issued by several provinces together.
        Regional = "regional",
        /// Defence (国防军工); only the level is kept, never a text.
        Defence = "defence",
    }
}
