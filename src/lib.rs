//! Quanheng 权衡: the whole life of a metrological technical specification.
