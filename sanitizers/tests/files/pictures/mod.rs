//! GIF, WebP, HEIC, AVIF, JPEG XL: what is shown stays, what is hidden goes.
//!
//! Other programs are the witnesses: `ImageMagick` and `ExifTool`.

mod bmp;
mod corpus;
mod damage;
mod drawn;
mod drawn_avif;
mod drawn_heif;
mod drawn_jxl;
mod drawn_scan;
mod gif;
mod heif;
mod jxl;
mod svg;
mod tiff;
mod webp;
mod witness;
