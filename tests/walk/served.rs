//! The same site on a loopback port, so that a browser can reach it: one database, one hand-turned clock, two servers.

use std::net::TcpListener;
use std::sync::mpsc;
use std::thread::JoinHandle;

use quanheng::app::{self, Ground};
use rocket::Shutdown;
use rocket::fairing::AdHoc;

use crate::world::TestApp;

/// A server that runs until it is dropped.
pub struct Served {
    /// Address without a slash at its end.
    pub address: String,
    stop: Shutdown,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    /// Serves what the site holds.
    pub fn begin(site: &TestApp) -> Self {
        let free = TcpListener::bind(("127.0.0.1", 0)).expect("a loopback port is free");
        let port = free.local_addr().expect("it is bound").port();
        drop(free);
        let ground =
            Ground { clock: site.clock.clone(), chance: site.app.chance.clone(), demo: false };
        let settings = (*site.app.settings).clone();
        let made = app::site(settings, site.app.db.clone(), &ground, port).expect("the parts fit");
        let (up, wait) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("a runtime can be made").block_on(async move {
                let say = up.clone();
                let rocket = made.rocket.attach(AdHoc::on_liftoff("up", move |rocket| {
                    let stop = rocket.shutdown();
                    Box::pin(async move { say.send(stop).expect("somebody waits") })
                }));
                rocket.launch().await.expect("the site can be served");
            });
        });
        let stop = wait.recv().expect("the site starts");
        Self { address: format!("http://127.0.0.1:{port}"), stop, thread: Some(thread) }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.clone().notify();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the server ends in peace");
        }
    }
}
