public import Documents

/// A column of the reports on detectors and segmenters, whose header depends on what the predictions are compared with and on
/// how many rows a picture has.
public protocol TaskReportColumn: ReportColumn {
  /// The header.
  func title(_ reference: TaskReference, _ view: TaskReportView) -> String
  /// How the values are shown.
  var kind: Column.Kind { get }
}

extension TaskReportColumn {
  /// The header in the basic view beside annotations.
  public var title: String { title(.annotations, .basic) }

  /// The headers of both views and both references.
  public var spellings: [String] {
    var all: [String] = []
    for reference in [TaskReference.annotations, .parent("")] {
      for view in [TaskReportView.basic, .advanced] where !all.contains(title(reference, view)) {
        all.append(title(reference, view))
      }
    }
    return all
  }

  /// The column of a table.
  public var column: Column { column(.annotations, .basic) }

  public func column(_ reference: TaskReference, _ view: TaskReportView) -> Column {
    Column(id: rawValue, title: title(reference, view), kind: kind, help: definition.capitalizedFirst + ".")
  }
}
