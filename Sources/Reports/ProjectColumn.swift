public import Documents
public import Workspaces

/// A row of the table of projects.
public struct ProjectRow: Sendable {
  /// The project.
  public let project: ProjectRecord
  /// How deep it is in the tree: 0 for a model that was made of no other that is shown.
  public let depth: Int

  /// A row.
  public init(project: ProjectRecord, depth: Int) {
    self.project = project
    self.depth = depth
  }

  /// The projects as a tree: behind each stand those of the models that were made of its model, on the same machine and
  /// dataset first.
  public static func tree(_ projects: [ProjectRecord]) -> [ProjectRow] {
    let models = Set(projects.map(\.model))
    var rows: [ProjectRow] = []
    var placed: Set<Int> = []
    func place(_ project: ProjectRecord, _ depth: Int) {
      guard placed.insert(project.id).inserted else { return }
      rows.append(ProjectRow(project: project, depth: depth))
      for child in projects where child.parent == project.model && isBeneath(child, project) { place(child, depth + 1) }
    }
    /// A child stands under the parent's project on its dataset, else under the parent's first one.
    func isBeneath(_ child: ProjectRecord, _ parent: ProjectRecord) -> Bool {
      let candidates = projects.filter { $0.model == parent.model }
      let exact = candidates.first { $0.dataset == child.dataset && $0.machine == child.machine }
      return (exact ?? candidates.first)?.id == parent.id
    }
    for project in projects where project.parent.map({ !models.contains($0) }) ?? true { place(project, 0) }
    for project in projects { place(project, 0) }
    return rows
  }
}

/// A column of the table of projects, by the name under which conditions and sort orders know it.
public enum ProjectColumn: String, ReportColumn {
  case project, model, throughput, accuracy, status, optimization, precision, dataset, target, created
  case configuration, latency, metric, images, runs

  /// Those that the table has; the others are for conditions and sort orders.
  static let shown: [Self] = [
    .project, .model, .throughput, .accuracy, .status, .optimization, .precision, .dataset, .target, .created,
  ]

  /// Whether the column holds text rather than numbers.
  public var isText: Bool {
    [.model, .optimization, .dataset, .target, .precision, .configuration, .created, .status, .metric].contains(self)
  }

  /// The header.
  public var title: String {
    switch self {
    case .optimization: "Optimizations"
    case .dataset: "Validation dataset"
    case .latency: "Median latency"
    case .images: "Images"
    default: rawValue.capitalizedFirst
    }
  }

  /// Other names.
  public var spellings: [String] { self == .optimization ? ["optimizations"] : self == .target ? ["machine"] : [] }

  /// What the column holds, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .project: "the number by which other commands know the project"
    case .model: "the model; one that was made of another stands below it"
    case .optimization: "how the model was made of its parent"
    case .dataset: "the dataset that predictions were made on"
    case .target: "the machine and its processor"
    case .precision: "FP32, or INT8 for a quantized model"
    case .throughput: "the best throughput of the model on the machine that was measured, in images a second"
    case .configuration: "the streams and the batch of the best throughput"
    case .latency: "the median time of one inference at the best throughput"
    case .accuracy:
      "the latest figure of the task from 0 to 1: accuracy@top1, mAP, COCO precision, mean IoU, SSIM or pairwise accuracy"
    case .metric: "which figure the accuracy is"
    case .images: "how many images the accuracy is of"
    case .runs: "how many statements were about the project"
    case .created: "when the project was first used, in UTC"
    case .status: "how the latest run ended: running, ready, error, cancelled, or killed with its kernel"
    }
  }

  /// The column of a table.
  public var column: Column {
    let kind: Column.Kind =
      switch self {
      case .project, .images, .runs: .integer
      case .throughput: .number(.decimals(2, unit: "FPS"))
      case .latency: .number(.decimals(2, unit: "ms"))
      case .accuracy: .percent(decimals: 2)
      default: .text
      }
    return Column(id: rawValue, title: title, kind: kind, help: definition.capitalizedFirst + ".")
  }

  /// What a row has in the column. Latencies are milliseconds.
  public func cell(_ item: ProjectRow, _ classes: ClassNames) -> Cell {
    let project = item.project
    return switch self {
    case .project: .integer(project.id)
    case .model:
      .text(
        String(repeating: "\u{2003}", count: max(item.depth - 1, 0)) + (item.depth > 0 ? "↳ " : "") + project.modelName)
    case .optimization: .text(project.optimization ?? "Not Optimized")
    case .dataset: project.dataset.map(Cell.text) ?? .missing
    case .target: .text(project.machine)
    case .precision: .text(project.precision)
    case .throughput: project.throughput.map { .number($0.value) } ?? .missing
    case .configuration:
      project.throughput.map { .text("\($0.streams) \($0.streams == 1 ? "stream" : "streams"), batch \($0.batch)") }
        ?? .missing
    case .latency: project.throughput.map { .number($0.medianLatency * 1000) } ?? .missing
    case .accuracy: project.accuracy.map { .number($0.value) } ?? .missing
    case .metric: project.accuracy.map { .text($0.name) } ?? .missing
    case .images: project.accuracy?.count.map(Cell.integer) ?? .missing
    case .runs: .integer(project.runCount)
    case .created: .text(PointInTime.text(project.created))
    case .status: project.status.map { .text($0.rawValue) } ?? .missing
    }
  }
}
