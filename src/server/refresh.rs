//! Asks the client to ask again: what a corpus knows has changed, and with it what an editor shows of texts nobody touched.
//!
//! Changes come in bursts, and every request of this kind costs the client a round of questions: so it waits a moment, and
//! never asks again before the client has answered.

use std::time::Duration;

use tokio::sync::mpsc;
use tower_lsp::Client;

use super::capabilities::Agreed;

/// How long more changes are waited for.
const PAUSE: Duration = Duration::from_millis(200);

/// How long a client may take to answer before it is asked again.
const PATIENCE: Duration = Duration::from_secs(10);

/// The way to say that something changed. Clones share it.
#[derive(Clone, Debug)]
pub struct Refresh(mpsc::Sender<()>);

impl Refresh {
    /// Starts to listen; must be called on the runtime. Dropping the last clone ends it.
    #[must_use]
    pub fn start(client: Client, agreed: Agreed) -> Self {
        let (sender, changes) = mpsc::channel(1);
        tokio::spawn(listen(client, agreed, changes));
        Self(sender)
    }

    /// Something changed in what corpora know.
    pub fn changed(&self) {
        // Full: a change is waiting to be told already.
        let _ = self.0.try_send(());
    }
}

async fn listen(client: Client, agreed: Agreed, mut changes: mpsc::Receiver<()>) {
    while changes.recv().await.is_some() {
        tokio::time::sleep(PAUSE).await;
        // What came meanwhile is told by this round as well.
        while changes.try_recv().is_ok() {}
        let asked = async {
            if agreed.refresh.findings {
                let _ = client.workspace_diagnostic_refresh().await;
            }
            if agreed.refresh.tokens {
                let _ = client.semantic_tokens_refresh().await;
            }
            if agreed.refresh.hints {
                let _ = client.inlay_hint_refresh().await;
            }
            if agreed.refresh.lenses {
                let _ = client.code_lens_refresh().await;
            }
        };
        let _ = tokio::time::timeout(PATIENCE, asked).await;
    }
}
