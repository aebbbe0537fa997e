//! Every page there is, and who may open it: one table, read from top to bottom.
//!
//! The routers are built from this table and from nothing else, so that what is
//! written here is what is served.

use axum::Router;
use axum::http::Method;
use axum::routing::{MethodRouter, get, post};

use super::door::Surface;
use super::error::Error;
use super::information::{self, Information};
use super::site::Site;
use super::{assets, case_files, handler, progress, reporter, session, sign_out};

/// Who may use a route. The argument types of its handler hold it to this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Anyone,
    /// Anybody with a form of ours.
    Visitor,
    /// A reporter who is signed in.
    Reporter,
    /// A handler who is signed in.
    Handler,
    /// A handler with a key to the case in the address.
    Permitted,
}

/// One route.
pub struct Route {
    /// On whose surface.
    pub surface: Surface,
    /// With which method. `GET` answers `HEAD` too.
    pub method: Method,
    /// At which path.
    pub path: &'static str,
    /// For whom.
    pub who: Who,
    serve: MethodRouter<Site>,
}

/// The table.
pub fn table() -> Vec<Route> {
    let page =
        |path| route(Surface::Reporter, Method::GET, path, Who::Anyone, get(information::show));
    let pages = Information::paths().map(page);
    reporters().into_iter().chain(handlers()).chain(pages).collect()
}

fn route(
    surface: Surface,
    method: Method,
    path: &'static str,
    who: Who,
    serve: MethodRouter<Site>,
) -> Route {
    Route { surface, method, path, who, serve }
}

fn reporters() -> Vec<Route> {
    use Surface::Reporter as R;
    use Who::{Anyone, Reporter, Visitor};
    let (read, write) = (Method::GET, Method::POST);
    vec![
        // Reporters: before a report
        route(R, read.clone(), "/", Anyone, get(reporter::front::show)),
        route(R, read.clone(), "/poster", Anyone, get(reporter::poster::show)),
        route(R, read.clone(), "/policy/{day}", Anyone, get(information::policy::show)),
        route(R, read.clone(), "/leave", Anyone, get(reporter::leave::leave)),
        route(R, read.clone(), assets::CSS_ROUTE, Anyone, get(assets::css)),
        // Reporters: the report
        route(R, read.clone(), "/report", Visitor, get(reporter::report::begin)),
        route(R, write.clone(), "/report", Visitor, post(reporter::report::save)),
        route(R, read.clone(), "/report/{page}", Visitor, get(reporter::report::show)),
        route(R, read.clone(), "/report/files", Visitor, get(reporter::report::files)),
        route(R, write.clone(), "/report/files", Visitor, post(reporter::report::save)),
        route(R, read.clone(), "/report/files/list", Visitor, get(reporter::report_files::list)),
        route(R, read.clone(), "/report/files/progress", Visitor, get(progress::show)),
        route(R, read.clone(), "/report/check", Visitor, get(reporter::check::show)),
        route(R, write.clone(), "/report/files/remove", Visitor, post(reporter::check::remove)),
        route(R, write.clone(), "/report/files/flatten", Visitor, post(reporter::check::flatten)),
        route(R, write.clone(), "/report/send", Visitor, post(reporter::check::send)),
        route(R, read.clone(), "/report/later", Visitor, get(reporter::later::show)),
        route(R, write.clone(), "/report/later", Visitor, post(reporter::later::keep)),
        route(R, read.clone(), "/report/later/wait", Visitor, get(reporter::later::wait)),
        route(R, read.clone(), "/report/wait", Visitor, get(reporter::check::wait)),
        route(R, read.clone(), "/receipt", Visitor, get(reporter::receipt::show)),
        route(R, read.clone(), "/receipt/text", Visitor, get(reporter::receipt::text)),
        route(R, write.clone(), "/receipt", Visitor, post(reporter::receipt::type_back)),
        route(R, read.clone(), "/receipt/kept", Anyone, get(reporter::receipt::kept)),
        // Reporters: coming back
        route(R, read.clone(), "/sign-in", Visitor, get(reporter::sign_in::show)),
        route(R, write.clone(), "/sign-in", Visitor, post(reporter::sign_in::sign_in)),
        route(R, read.clone(), "/sign-in/wait", Visitor, get(reporter::sign_in::wait)),
        route(R, read.clone(), "/case", Reporter, get(reporter::case::show)),
        route(R, write.clone(), "/case", Reporter, post(reporter::case::write)),
        route(R, read.clone(), "/case/files", Reporter, get(case_files::choose)),
        route(R, write.clone(), "/case/files", Reporter, post(case_files::take)),
        route(R, read.clone(), "/case/files/list", Reporter, get(case_files::list)),
        route(R, read.clone(), "/case/files/progress", Visitor, get(progress::show)),
        route(R, read.clone(), "/case/files/check", Reporter, get(case_files::check)),
        route(R, write.clone(), "/case/files/remove", Reporter, post(case_files::remove)),
        route(R, write.clone(), "/case/files/flatten", Reporter, post(case_files::flatten)),
        route(R, write.clone(), "/case/files/send", Reporter, post(case_files::send)),
        route(R, read.clone(), "/case/files/{item}", Reporter, get(reporter::file::show)),
        route(
            R,
            read.clone(),
            "/case/files/{item}/download",
            Reporter,
            get(reporter::file::download),
        ),
        route(R, read.clone(), "/case/identity", Reporter, get(reporter::identity::show)),
        route(R, write.clone(), "/case/identity", Reporter, post(reporter::identity::tell)),
        route(
            R,
            write.clone(),
            "/case/identity/take-back",
            Reporter,
            post(reporter::identity::take_back),
        ),
        route(R, read.clone(), "/case/code", Reporter, get(reporter::code::show)),
        route(R, write.clone(), "/case/code", Reporter, post(reporter::code::make)),
        route(R, read.clone(), "/case/code/wait", Reporter, get(reporter::code::wait)),
        route(R, write.clone(), "/case/code/typed", Reporter, post(reporter::code::type_back)),
        route(R, write.clone(), "/case/code/drop", Reporter, post(reporter::code::drop_it)),
        route(R, read.clone(), "/case/code/changed", Reporter, get(reporter::code::changed)),
        route(R, read.clone(), "/session", Anyone, get(session::go_on)),
        route(R, write.clone(), "/sign-out", Visitor, post(sign_out::sign_out)),
        route(R, read.clone(), "/signed-out", Anyone, get(sign_out::signed_out)),
    ]
}

fn handlers() -> Vec<Route> {
    use Surface::Handler as H;
    use Who::{Anyone, Handler, Permitted, Visitor};
    let (read, write) = (Method::GET, Method::POST);
    vec![
        // Handlers: signing in
        route(H, read.clone(), assets::CSS_ROUTE, Anyone, get(assets::css)),
        route(H, read.clone(), "/sign-in", Visitor, get(handler::sign_in::show)),
        route(H, write.clone(), "/sign-in", Visitor, post(handler::sign_in::sign_in)),
        route(H, read.clone(), "/session", Anyone, get(session::go_on)),
        route(H, write.clone(), "/sign-out", Visitor, post(sign_out::sign_out)),
        route(H, read.clone(), "/signed-out", Anyone, get(sign_out::signed_out)),
        route(H, read.clone(), "/enrol/{link}", Visitor, get(handler::enrol::show)),
        route(H, write.clone(), "/enrol/{link}", Visitor, post(handler::enrol::enrol)),
        route(H, read.clone(), "/enrolled", Anyone, get(handler::enrol::enrolled)),
        // Handlers: cases
        route(H, read.clone(), "/", Handler, get(handler::inbox::show)),
        route(H, read.clone(), "/cases/{case}", Permitted, get(handler::case::show)),
        route(H, write.clone(), "/cases/{case}", Permitted, post(handler::case::answer)),
        route(H, read.clone(), "/cases/{case}/identity", Permitted, get(handler::identity::show)),
        route(H, read.clone(), "/cases/{case}/files", Permitted, get(case_files::choose)),
        route(H, write.clone(), "/cases/{case}/files", Permitted, post(case_files::take)),
        route(H, read.clone(), "/cases/{case}/files/list", Permitted, get(case_files::list)),
        route(H, read.clone(), "/cases/{case}/files/progress", Visitor, get(progress::show)),
        route(H, read.clone(), "/cases/{case}/files/check", Permitted, get(case_files::check)),
        route(H, write.clone(), "/cases/{case}/files/remove", Permitted, post(case_files::remove)),
        route(
            H,
            write.clone(),
            "/cases/{case}/files/flatten",
            Permitted,
            post(case_files::flatten),
        ),
        route(H, write.clone(), "/cases/{case}/files/send", Permitted, post(case_files::send)),
        route(H, read.clone(), "/cases/{case}/files/{item}", Permitted, get(handler::file::show)),
        route(
            H,
            read.clone(),
            "/cases/{case}/files/{item}/download",
            Permitted,
            get(handler::file::download),
        ),
        // Handlers: the unit
        route(H, read.clone(), "/status", Handler, get(handler::status::show)),
        route(H, read.clone(), "/opening", Handler, get(handler::opening::show)),
        route(H, write.clone(), "/opening", Handler, post(handler::opening::open)),
        route(H, read, "/handlers", Handler, get(handler::handlers::show)),
        route(H, write, "/handlers/{handler}/vouch", Handler, post(handler::handlers::vouch)),
    ]
}

/// The router of one surface.
pub(super) fn router(site: &Site, surface: Surface) -> Router {
    let routes = table().into_iter().filter(|route| route.surface == surface);
    routes
        .fold(Router::new(), |router, route| router.route(route.path, route.serve))
        .fallback(|| async { Error::NotFound })
        .with_state(site.clone())
}
