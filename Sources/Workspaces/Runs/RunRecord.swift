/// How a run ended.
public enum RunStatus: String, Sendable, Hashable, CaseIterable {
  /// It has not ended.
  case running
  /// It found out what it was asked for.
  case ready
  /// It failed.
  case error
  /// It was interrupted.
  case cancelled
  /// Its process ended before it did.
  case killed
}

/// A statement that begins to run.
public struct RunStart: Sendable, Hashable {
  /// The command: its verb and subject.
  public let kind: String
  /// The statement in its canonical form.
  public let statement: String
  /// Octet's version.
  public let version: String
  /// The instruction set that computes.
  public let instructions: String
  /// What it is about.
  public let subjects: [ProjectSubject]

  /// A run.
  public init(kind: String, statement: String, version: String, instructions: String, subjects: [ProjectSubject]) {
    self.kind = kind
    self.statement = statement
    self.version = version
    self.instructions = instructions
    self.subjects = subjects
  }
}

/// Throughput and latency in one configuration.
public struct MeasurementRecord: Sendable, Hashable {
  /// Inferences that ran at the same time.
  public let streams: Int
  /// Images in one inference.
  public let batch: Int
  /// Threads that all streams shared.
  public let threads: Int
  /// Images in a second.
  public let throughput: Double
  /// The median time of one inference, in seconds.
  public let medianLatency: Double
  /// The time that nine tenths of the inferences do not exceed, in seconds.
  public let p90Latency: Double
  /// The time that 99 % of the inferences do not exceed, in seconds.
  public let p99Latency: Double
  /// How many inferences were made.
  public let iterationCount: Int
  /// Images in a second of every slice of time.
  public let slices: [Double]

  /// A measurement.
  public init(
    streams: Int, batch: Int, threads: Int, throughput: Double, medianLatency: Double, p90Latency: Double,
    p99Latency: Double, iterationCount: Int, slices: [Double]
  ) {
    self.streams = streams
    self.batch = batch
    self.threads = threads
    self.throughput = throughput
    self.medianLatency = medianLatency
    self.p90Latency = p90Latency
    self.p99Latency = p99Latency
    self.iterationCount = iterationCount
    self.slices = slices
  }
}

/// A number that a run found out, such as an accuracy.
public struct FigureRecord: Sendable, Hashable {
  /// What it is, such as `accuracy@top1`.
  public let name: String
  /// The number.
  public let value: Double
  /// The ends of its interval of 95 %; nil where there is none.
  public let interval: ClosedRange<Double>?
  /// Of how many images; nil where it is not of images.
  public let count: Int?

  /// A figure.
  public init(_ name: String, _ value: Double, interval: ClosedRange<Double>? = nil, count: Int? = nil) {
    self.name = name
    self.value = value
    self.interval = interval
    self.count = count
  }
}

/// What a run found out of one subject.
public struct Finding: Sendable, Hashable {
  /// The subject.
  public let subject: ProjectSubject
  /// Throughput and latency.
  public let measurements: [MeasurementRecord]
  /// Other numbers.
  public let figures: [FigureRecord]

  /// A finding.
  public init(_ subject: ProjectSubject, measurements: [MeasurementRecord] = [], figures: [FigureRecord] = []) {
    self.subject = subject
    self.measurements = measurements
    self.figures = figures
  }
}

/// What a run showed, as it is kept; only who wrote it knows the form.
public struct ReportContent: Sendable, Hashable {
  /// The page's title.
  public let title: String
  /// What stands below the title.
  public let subtitle: String
  /// The page without the rows of its table.
  public let page: [UInt8]
  /// The rows of its table.
  public let rows: [[UInt8]]

  /// A report.
  public init(title: String, subtitle: String, page: [UInt8], rows: [[UInt8]]) {
    self.title = title
    self.subtitle = subtitle
    self.page = page
    self.rows = rows
  }
}

/// A run that is kept.
public struct RunRecord: Sendable, Hashable {
  /// Its number in the workspace.
  public let id: Int
  /// What names it in all workspaces.
  public let uuid: String
  /// The command.
  public let kind: String
  /// The statement.
  public let statement: String
  /// How it ended.
  public let status: RunStatus
  /// Why it failed; nil where it did not.
  public let message: String?
  /// When it began, in seconds since 1970.
  public let begun: Double
  /// When it ended; nil where it did not.
  public let ended: Double?
  /// Octet's version.
  public let version: String
  /// The instruction set that computed.
  public let instructions: String
  /// The numbers of its projects.
  public let projects: [Int]
  /// The names of their models, each once.
  public let models: [String]
  /// The numbers of its reports.
  public let reports: [Int]
}
