//! The rules of MTA-STS and DANE for SMTP: facts in; findings, plans and verdicts out
