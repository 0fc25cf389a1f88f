use std::{io, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    time::{Instant, timeout_at},
};

use super::{
    Ehlo, Probe, Replies, Reply, Smtp, SmtpError, SmtpFacts, SmtpFailure, SmtpStage, Starttls,
};
use crate::{
    dial::Connection,
    tls::{TlsStream, TlsVersion, inspect, legacy},
};

/// How long the goodbye may take: nothing hangs on it.
const GOODBYE: Duration = Duration::from_secs(1);

pub(super) async fn probe(smtp: &Smtp, probe: &Probe) -> SmtpFacts {
    let start = Instant::now();
    let mut facts = empty(probe);
    let hello = format!("EHLO {}\r\n", smtp.ehlo_name);
    match prelude(smtp, probe, &mut facts).await {
        Ok(Some(talk)) => match inspect(talk.stream, &probe.expect, probe.deadline).await {
            Ok((stream, tls)) => {
                facts.tls = Some(Ok(tls));
                let behind = secure(stream, &hello, probe, &mut facts).await;
                facts.failure = behind.err().map(|error| fail(SmtpStage::EhloTls, error));
            }
            Err(failure) => facts.tls = Some(Err(failure)),
        },
        Ok(None) => {}
        Err(failure) => facts.failure = Some(failure),
    }
    facts.elapsed = start.elapsed();
    facts
}

pub(super) async fn legacy(
    smtp: &Smtp,
    probe: &Probe,
    max: TlsVersion,
) -> Result<legacy::Answered, SmtpFailure> {
    let mut facts = empty(probe);
    let plain = Probe {
        injection: false,
        ..probe.clone()
    };
    let Some(mut talk) = prelude(smtp, &plain, &mut facts).await? else {
        return Err(fail(SmtpStage::Starttls, SmtpError::NoStarttls));
    };
    let sni = probe.expect.sni.as_ref();
    Ok(legacy::hello(&mut talk.stream, sni, max, probe.deadline).await)
}

fn empty(probe: &Probe) -> SmtpFacts {
    SmtpFacts {
        addr: probe.addr,
        banner: None,
        ehlo: None,
        starttls: Starttls::Unknown,
        early: 0,
        tls: None,
        ehlo_tls: None,
        injected: None,
        bare_lf: false,
        failure: None,
        elapsed: Duration::ZERO,
    }
}

fn fail(stage: SmtpStage, error: SmtpError) -> SmtpFailure {
    SmtpFailure { stage, error }
}

/// Everything before the handshake. None where the host is there and there is no handshake to be
/// had; the facts say why.
async fn prelude(
    smtp: &Smtp,
    probe: &Probe,
    facts: &mut SmtpFacts,
) -> Result<Option<Talk<Connection>>, SmtpFailure> {
    let connected = smtp.dialler.connect(probe.addr, probe.deadline).await;
    let stream = connected.map_err(|error| fail(SmtpStage::Connect, SmtpError::Dial(error)))?;
    let mut talk = Talk {
        stream,
        replies: Replies::default(),
        deadline: probe.deadline,
    };
    let outcome = before_tls(smtp, probe, facts, &mut talk).await;
    facts.bare_lf |= talk.replies.has_bare_lf();
    match outcome {
        Ok(true) => Ok(Some(talk)),
        Ok(false) => {
            talk.goodbye().await;
            Ok(None)
        }
        Err(failure) => {
            talk.goodbye().await;
            Err(failure)
        }
    }
}

/// Greeting, EHLO, STARTTLS; whether the handshake can begin.
async fn before_tls(
    smtp: &Smtp,
    probe: &Probe,
    facts: &mut SmtpFacts,
    talk: &mut Talk<Connection>,
) -> Result<bool, SmtpFailure> {
    let banner = talk
        .reply()
        .await
        .map_err(|error| fail(SmtpStage::Greeting, error))?;
    facts.banner = Some(banner.clone());
    if banner.code != 220 {
        return Err(fail(SmtpStage::Greeting, SmtpError::Code(banner)));
    }
    let hello = format!("EHLO {}\r\n", smtp.ehlo_name);
    let reply = talk
        .command(&hello)
        .await
        .map_err(|error| fail(SmtpStage::Ehlo, error))?;
    if reply.code / 100 == 5 {
        // RFC 5321 §4.1.4: a host without EHLO has no extensions, STARTTLS among them.
        facts.starttls = Starttls::Missing;
        return Ok(false);
    }
    if !reply.is_positive() {
        return Err(fail(SmtpStage::Ehlo, SmtpError::Code(reply)));
    }
    let ehlo = facts.ehlo.insert(Ehlo::from_reply(&reply));
    if !ehlo.has("STARTTLS") {
        facts.starttls = Starttls::Missing;
        return Ok(false);
    }
    let command = if probe.injection {
        "STARTTLS\r\nNOOP\r\n"
    } else {
        "STARTTLS\r\n"
    };
    let reply = talk
        .command(command)
        .await
        .map_err(|error| fail(SmtpStage::Starttls, error))?;
    // RFC 3207 §4: 220, or 454 and 501.
    if reply.code != 220 {
        facts.starttls = Starttls::Refused(reply);
        return Ok(false);
    }
    facts.starttls = Starttls::Offered;
    // RFC 3207 §6: nothing said in clear may be taken for said behind TLS.
    facts.early = talk.replies.pending();
    Ok(facts.early == 0)
}

/// EHLO again (RFC 3207 §4.2: all knowledge from before is void) and QUIT.
async fn secure(
    stream: TlsStream<Connection>,
    hello: &str,
    probe: &Probe,
    facts: &mut SmtpFacts,
) -> Result<(), SmtpError> {
    let mut talk = Talk {
        stream,
        replies: Replies::default(),
        deadline: probe.deadline,
    };
    let mut reply = talk.command(hello).await?;
    if probe.injection {
        // One question more than answers would be one answer too many: had the NOOP been executed,
        // the answer to QUIT is still to come.
        let last = talk.command("QUIT\r\n").await?;
        facts.injected = Some(last.code != 221);
        if last.code != 221 {
            reply = last;
        }
    }
    facts.bare_lf |= talk.replies.has_bare_lf();
    talk.goodbye().await;
    if !reply.is_positive() {
        return Err(SmtpError::Code(reply));
    }
    facts.ehlo_tls = Some(Ehlo::from_reply(&reply));
    Ok(())
}

/// One side of a conversation.
struct Talk<S> {
    stream: S,
    replies: Replies,
    deadline: Instant,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<S> {
    async fn command(&mut self, line: &str) -> Result<Reply, SmtpError> {
        let write = async {
            self.stream.write_all(line.as_bytes()).await?;
            self.stream.flush().await
        };
        match timeout_at(self.deadline, write).await {
            Ok(Ok(())) => self.reply().await,
            Ok(Err(error)) => Err(error_of(&error)),
            Err(_) => Err(SmtpError::Timeout),
        }
    }

    /// The next reply. What is kept is bounded: a whole reply is taken out as soon as it is there,
    /// and no line or reply grows beyond its limit.
    async fn reply(&mut self) -> Result<Reply, SmtpError> {
        let mut piece = [0; 1024];
        loop {
            if let Some(reply) = self.replies.next_reply().map_err(SmtpError::Protocol)? {
                return Ok(reply);
            }
            let length = match timeout_at(self.deadline, self.stream.read(&mut piece)).await {
                Ok(Ok(0)) => return Err(SmtpError::Closed),
                Ok(Ok(length)) => length,
                Ok(Err(error)) => return Err(error_of(&error)),
                Err(_) => return Err(SmtpError::Timeout),
            };
            self.replies.push(piece.get(..length).unwrap_or_default());
        }
    }

    /// Says QUIT and closes, without waiting for an answer.
    async fn goodbye(&mut self) {
        let deadline = self.deadline.min(Instant::now() + GOODBYE);
        let farewell = async {
            self.stream.write_all(b"QUIT\r\n").await?;
            self.stream.shutdown().await
        };
        drop(timeout_at(deadline, farewell).await);
    }
}

fn error_of(error: &io::Error) -> SmtpError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => SmtpError::Closed,
        io::ErrorKind::TimedOut => SmtpError::Timeout,
        kind => SmtpError::Io(kind),
    }
}
