//! The commands: each is one file with its arguments and `run`, and one line in [`Command`].

mod backup;
mod copy;
mod demo;
mod doctor;
mod export;
mod fault;
mod import;
mod load;
mod migrate;
mod openapi;
mod progress;
mod report;
mod restore;
mod say;
mod serve;
mod token;
mod user;
mod verify;
mod verify_dossier;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use quanheng_config::{Request, Settings};

pub use say::Say;

/// 权衡 Quanheng: the whole life of a metrological technical specification.
#[derive(Debug, Parser)]
#[command(
    name = "quanheng",
    version,
    about = "权衡 · 计量技术规范与技术委员会 / metrological technical specifications and their committees"
)]
#[command(
    after_help = "Examples / 示例:\n  quanheng                              serve / 启动网站\n  quanheng demo                         look around / 演示\n  quanheng --data /var/lib/quanheng migrate\n  quanheng user add --admin a@b.example 甲"
)]
struct Arguments {
    /// Data folder: database, files and keys (数据目录)
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Settings file instead of config/quanheng.toml (配置文件)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site; what happens without a command (启动网站)
    Serve(serve::Serve),
    /// Look around in an instance full of examples (演示)
    Demo(demo::Demo),
    /// Enter tables into the register (导入表格)
    Import(import::Import),
    /// Figures of a year (年度数据)
    Report(report::Report),
    /// Print the description of the interface (接口描述)
    Openapi,
    /// Bring the database up to date (升级数据库结构)
    Migrate(migrate::Migrate),
    /// Accounts (账号)
    User(user::User),
    /// Make an API token for a person (接口令牌)
    Token(token::Token),
    /// Prove that ledger, files and references are whole (核验)
    Verify(verify::Verify),
    /// Save rows and files of the running instance in one archive (备份)
    Backup(backup::Backup),
    /// Put a backup or an export back (恢复)
    Restore(restore::Restore),
    /// Write everything as CSV and JSON with the files, for people and other programs (导出)
    Export(export::Export),
    /// Look after the instance: settings, database, files, backups, jobs (体检)
    Doctor(doctor::Doctor),
    /// Run mail, deadlines and housekeeping alone (后台任务)
    Work(work::Work),
    /// Fill an empty instance with synthetic data for measurements (合成数据)
    Load(load::Load),
    /// Move all rows between SQLite and PostgreSQL (迁移)
    Copy(copy::Copy),
}

/// What every command is given.
pub struct Given {
    /// The settings in force.
    pub settings: Settings,
    /// The voice of the terminal.
    pub say: Say,
}

/// Runs the command of this process; the exit code is 0 when it did what was asked, 2 for wrong arguments or settings, 1 otherwise.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let say = match Say::from_environment() {
        Ok(say) => say,
        Err(error) => {
            say::complain(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    let mut request = Request::from_process(arguments.config, arguments.data);
    let command = arguments.command.unwrap_or(Command::Serve(serve::Serve::default()));
    match &command {
        Command::Serve(serve) => request.overrides.extend(serve.overrides()),
        Command::Demo(demo) => {
            request.data.get_or_insert_with(|| PathBuf::from("demo-data"));
            request.overrides.extend(demo.overrides());
        }
        _ => {}
    }
    let settings = match quanheng_config::load(&request) {
        Ok(loaded) => loaded.settings,
        Err(faults) => {
            say::complain(&fault::settings(say.words(), &faults));
            return ExitCode::from(2);
        }
    };
    let words = std::sync::Arc::clone(say.words());
    let given = Given { settings, say };
    let done = match command {
        Command::Serve(serve) => serve.run(given),
        Command::Demo(demo) => demo.run(given),
        Command::Import(import) => import.run(&given),
        Command::Openapi => openapi::run(),
        Command::Report(report) => report.run(&given),
        Command::Migrate(migrate) => migrate.run(&given),
        Command::User(user) => user.run(&given),
        Command::Token(token) => token.run(&given),
        Command::Verify(verify) => verify.run(&given),
        Command::Backup(backup) => backup.run(&given),
        Command::Restore(restore) => restore.run(&given),
        Command::Export(export) => export.run(&given),
        Command::Doctor(doctor) => doctor.run(&given),
        Command::Work(work) => work.run(given),
        Command::Load(load) => load.run(&given),
        Command::Copy(copy) => copy.run(&given),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            say::complain(&fault::stopped(&words, &error));
            ExitCode::FAILURE
        }
    }
}
