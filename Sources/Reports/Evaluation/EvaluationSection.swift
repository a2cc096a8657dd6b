import Documents
import Evaluation

/// What an evaluation shows below its figures: by class, or by picture.
protocol EvaluationSection {
  /// What to know before the figures are trusted.
  var remarks: [Block] { get }
  /// The tables.
  var blocks: [Block] { get }
  /// The charts.
  var charts: [Chart] { get }
  /// The table that exports hold.
  var table: Table { get }
}

extension EvaluationSection {
  /// None.
  var remarks: [Block] { [] }
  /// The table.
  var blocks: [Block] { [.table(table)] }
  /// None.
  var charts: [Chart] { [] }
}

/// The section of each task.
enum EvaluationSections {
  /// The section of models that are judged by the same figures; nil where there is none.
  static func section(of sides: [EvaluationReport.Side]) -> (any EvaluationSection)? {
    guard let first = sides.first else { return nil }
    func all<Evaluation>(_ type: Evaluation.Type) -> [(name: String, evaluation: Evaluation)] {
      sides.compactMap { side in (side.evaluation as? Evaluation).map { (side.name, $0) } }
    }
    switch first.evaluation {
    case is ClassificationEvaluation:
      return ClassificationSection(sides: all(ClassificationEvaluation.self), classes: first.classes)
    case is DetectionEvaluation: return DetectionSection(sides: all(DetectionEvaluation.self), classes: first.classes)
    case is SegmentationEvaluation:
      return SegmentationSection(sides: all(SegmentationEvaluation.self), classes: first.classes)
    case is PictureEvaluation: return PictureQualitySection(sides: all(PictureEvaluation.self))
    case is LandmarkEvaluation: return LandmarkSection(sides: all(LandmarkEvaluation.self))
    case is ReidentificationEvaluation: return ReidentificationSection(sides: all(ReidentificationEvaluation.self))
    default: return nil
    }
  }
}

/// Columns with one figure of each of several models, and the change from the first to the last.
struct FigureColumns {
  let names: [String]
  let id: String
  let title: String
  let kind: Column.Kind
  let help: String

  var columns: [Column] {
    guard names.count > 1 else { return [Column(id: id, title: title, kind: kind, help: help)] }
    return names.enumerated().map {
      Column(id: "\(id)_\($0.offset)", title: "\(title), \($0.element)", kind: kind, help: $0.offset == 0 ? help : "")
    } + [
      Column(id: "\(id)_change", title: "Change", kind: .number(change), help: "From the first model to the last one.")
    ]
  }

  func cells(_ values: [Double?]) -> [Cell] {
    let cells = values.map { $0.map(Cell.number) ?? .missing }
    guard names.count > 1 else { return cells }
    if let first = values.first ?? nil, let last = values.last ?? nil {
      return cells + [.number((last - first) * (isPercent ? 100 : 1))]
    }
    return cells + [.missing]
  }

  private var isPercent: Bool { if case .percent = kind { true } else { false } }

  /// Of percentages, the difference is in percentage points.
  private var change: NumberFormat {
    var format = isPercent ? NumberFormat.decimals(2, unit: "points") : NumberFormat.decimals(4)
    format.showsPlus = true
    return format
  }
}

/// Bars of one figure by class.
enum ClassChart {
  private static let limit = 30

  /// The classes that have a value, where there are more than fit those with the lowest; nil for fewer than two.
  static func bars(
    _ title: String, axis: String, _ classes: [Int], _ names: ClassNames,
    series: [(name: String, values: [Double?])]
  ) -> Chart? {
    let known = classes.indices.filter { index in series.contains { $0.values[index] != nil } }
    guard known.count > 1 else { return nil }
    let lowest = known.sorted { (series[0].values[$0] ?? 2) < (series[0].values[$1] ?? 2) }
    let shown = known.count > limit ? Array(lowest.prefix(limit)) : known
    let plot = BarPlot(
      categoryTitle: "Class", categories: shown.map { names.text(classes[$0]) },
      series: series.enumerated().map { index, entry in
        .init(entry.name, shown.map { entry.values[$0] }, isReference: index == 0 && series.count > 1)
      }, axis: Axis(axis, format: .percent()))
    let subtitle = known.count > shown.count ? "the \(shown.count) lowest of \(known.count) classes" : ""
    return Chart(title: title, subtitle: subtitle, .bars(plot))
  }
}

/// A warning that a model did not see whole pictures.
enum VisibleShareRemark {
  static func blocks(_ share: Double, what: String) -> [Block] {
    guard share < 0.995 else { return [] }
    let percent = NumberFormat.percent(decimals: 0).string(for: share)
    return [
      .callout(
        Callout(
          .warning,
          RichText(
            "The model sees only the middle of the pictures, \(percent) of one; \(what). Load it with resize: and the size of "
              + "its input, such as resize: 300x300, to show it whole pictures.")))
    ]
  }
}
