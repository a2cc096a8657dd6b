public import CommandLanguage

/// Every command there is. A new one is one file in this module and one line here.
public enum CommandCatalog {
  /// The commands in the order in which help lists them.
  public static let all: [any Command.Type] = [
    LoadCommand.self,
    DescribeCommand.self,
    DatasetCommand.self,
    AugmentCommand.self,
    CalibrateCommand.self,
    PredictCommand.self,
    BenchmarkCommand.self,
    ExploreCommand.self,
    CompareCommand.self,
    EvaluateCommand.self,
    ReportPredictionsCommand.self,
    ReportSensitivityCommand.self,
    ReportAccuracyCommand.self,
    ReportDistanceCommand.self,
    ReportTypesCommand.self,
    VisualizeCommand.self,
    ExportCommand.self,
    ExportProjectCommand.self,
    ImportCommand.self,
    ProjectsCommand.self,
    RunsCommand.self,
    CompareRunsCommand.self,
    ReportsCommand.self,
    RecallCommand.self,
    PackageCommand.self,
    EnvironmentCommand.self,
    CacheCommand.self,
    HelpCommand.self,
    PrintCommand.self,
    ClearCommand.self,
  ]

  /// The declarations of all commands.
  public static let vocabulary = CommandVocabulary(all.map { $0.signature })

  /// The command of a declaration.
  static func command(for signature: CommandSignature) -> (any Command.Type)? {
    all.first { $0.signature.title == signature.title }
  }
}
