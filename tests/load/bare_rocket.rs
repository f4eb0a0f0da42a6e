//! The measure for pages: a Rocket with one route that returns a constant page of as many bytes as asked for. Loopback only.
//! Run by `tests/load/run`; not part of the product.

use rocket::response::content::RawHtml;
use rocket::{State, get, routes};

struct Body(&'static str);

#[get("/")]
fn page(body: &State<Body>) -> RawHtml<&'static str> {
    RawHtml(body.0)
}

#[rocket::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: Vec<String> = std::env::args().skip(1).collect();
    let [port, bytes] = numbers.as_slice() else { return Err("PORT BYTES".into()) };
    let (port, bytes): (u16, usize) = (port.parse()?, bytes.parse()?);
    let body: &'static str = Box::leak("x".repeat(bytes).into_boxed_str());
    // Nothing is sealed with the key; a release build does not start without one.
    let config = rocket::Config::figment()
        .merge(("port", port))
        .merge(("log_level", "off"))
        .merge(("secret_key", vec![7_u8; 64]));
    rocket::custom(config).manage(Body(body)).mount("/", routes![page]).launch().await?;
    Ok(())
}
