public import Documents

/// A column of a report's rows, by the name under which conditions and sort orders know it.
public protocol ReportColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// What a row is made of.
  associatedtype Item
  /// Whether the column holds text rather than numbers.
  var isText: Bool { get }
  /// The header.
  var title: String { get }
  /// Other names under which the column is known, besides its header.
  var spellings: [String] { get }
  /// How the values are defined, in one sentence without a full stop.
  var definition: String { get }
  /// The column of a table.
  var column: Column { get }
  /// What a row has in the column.
  func cell(_ item: Item, _ classes: ClassNames) -> Cell
}

extension ReportColumn {
  /// None.
  public var spellings: [String] { [] }

  /// The indices of items in the order of several columns, the most important first; equal items keep their order.
  public static func sorted(
    _ indices: [Int], of items: [Item], _ classes: ClassNames, by keys: [(column: Self, isDescending: Bool)]
  ) -> [Int] {
    RowOrder.sorted(indices, by: keys.map { ($0.column.column, $0.isDescending) }) { index in
      keys.map { $0.column.cell(items[index], classes) }
    }
  }

  /// The indices of items in ascending or descending order of the column; equal items keep their order.
  public func sorted(_ indices: [Int], of items: [Item], _ classes: ClassNames, isDescending: Bool) -> [Int] {
    Self.sorted(indices, of: items, classes, by: [(self, isDescending)])
  }
}
