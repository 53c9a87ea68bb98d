//! `workspace/executeCommand`, each command handed to what answers it.

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, LSPAny, ProgressToken};

use super::Vidimus;
use crate::server::requests::Question;
use crate::server::requests::commands::{self, Command, check, new_record};
use crate::server::status::Status;

impl Vidimus {
    /// Runs a command; what it asks of the corpora is asked before anything is awaited.
    pub(super) async fn run(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        let token = params.work_done_progress_params.work_done_token.clone();
        match Command::of(params)? {
            Command::Status => self.status().await,
            Command::Explain(at) => self.question(&at.uri)?.answer_at(at.position, commands::explain::answer).await,
            Command::RecordTypes(of) => self.question_to_all(false)?.answer(move |asked| commands::inventory::types(asked, &of.uri)).await,
            Command::Records(page) => {
                let started = self.started.get().ok_or_else(Error::internal_error)?;
                let asker = started.analysis.asker();
                let (give, view) = oneshot::channel();
                let question = Question { view, agreed: started.agreed, passing: None };
                let _ = give.send(commands::inventory::when_counted(&asker, &page.uri, self.limits.patience).await);
                question.answer(move |asked| commands::inventory::records(asked, &page)).await
            }
            Command::Citations(wanted) => {
                self.question_to_all(false)?.answer(move |asked| commands::citations::answer(asked, &wanted)).await
            }
            Command::Texts(page) => {
                let worlds = self.question_to_all(false)?.view;
                check::texts(worlds, self.look(token)?, page).await
            }
            Command::Check(wanted) => {
                let worlds = self.question_to_all(true)?.view;
                check::check(worlds, self.look(token)?, wanted).await
            }
            Command::NewRecord(order) => {
                let question = self.question_to_all(true)?;
                match question.answer(move |asked| new_record::prepare(asked, &order)).await?.transpose()? {
                    Some(ready) => new_record::write(&self.client, ready).await,
                    None => Ok(None),
                }
            }
        }
    }

    async fn status(&self) -> Result<Option<LSPAny>> {
        let surveyor = self.analysis().ok_or_else(Error::internal_error)?.surveyor();
        let survey = surveyor.survey().await.unwrap_or_default();
        serde_json::to_value(Status::of(&survey)).map(Some).map_err(|_| Error::internal_error())
    }

    fn look(&self, token: Option<ProgressToken>) -> Result<check::Look> {
        let started = self.started.get().ok_or_else(Error::internal_error)?;
        Ok(check::Look {
            agreed: started.agreed,
            asker: started.analysis.asker(),
            publisher: self.publisher.clone(),
            refresh: started.refresh.clone(),
            called_off: started.analysis.called_off_by(token.as_ref()),
            token,
        })
    }
}
