//! QR codes.

use image::{ImageFormat, Luma};
use qrcode::QrCode;

/// A QR code as a PNG inside the page: pictures from addresses are lost on the onion in some
/// browsers, and SVG in all at the safest level. None if the text is too long for one.
pub(super) fn picture(text: &str) -> Option<String> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let picture = code.render::<Luma<u8>>().min_dimensions(240, 240).build();
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).ok()?;
    let encoded = data_encoding::BASE64.encode(png.get_ref());
    Some(format!("data:image/png;base64,{encoded}"))
}
