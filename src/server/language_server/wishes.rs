//! How the client wants things to be shown: asked for, and taken.

use tower_lsp::ls_types::ConfigurationItem;

use super::Vidimus;
use crate::server::settings::{self, Settings};

impl Vidimus {
    /// Takes the client's settings; what is shown is asked for again when they differ.
    pub(super) fn set(&self, settings: Settings) {
        let before = std::mem::replace(&mut *self.settings.lock(), settings);
        if before != settings
            && let Some(started) = self.started.get()
        {
            started.refresh.changed();
        }
    }

    /// Asks the client for its settings, where it can be asked.
    pub(super) async fn pull_settings(&self) {
        if self.started.get().is_some_and(|s| s.agreed.configuration) {
            let item = ConfigurationItem { scope_uri: None, section: Some(settings::SECTION.into()) };
            match self.client.configuration(vec![item]).await {
                Ok(values) => self.set(values.first().map(Settings::of).unwrap_or_default()),
                Err(error) => tracing::warn!("the client does not tell its settings: {error}"),
            }
        }
    }
}
