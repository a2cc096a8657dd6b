/// A value that fits the type of its argument.
public indirect enum BoundValue: Sendable, Hashable {
  /// Text, or a path as it was written.
  case string(String)
  /// A number in the base of its unit (1, seconds, bytes), and the unit that was written.
  case number(Double, unit: NumberUnit?)
  /// A whole number.
  case integer(Int)
  /// `true` or `false`.
  case bool(Bool)
  /// One of the words of a choice, as it was declared; also a verb or column.
  case choice(String)
  /// A size in pixels.
  case size(width: Int, height: Int)
  /// Whole numbers from the first to the last.
  case range(ClosedRange<Int>)
  /// Several values.
  case list([BoundArgument])
  /// A name and what it stands for.
  case reference(String, ReferenceKind)
  /// One sample of the dataset with this name.
  case element(dataset: String, key: ElementKey)
  /// A condition on columns.
  case condition(BoundCondition)
}

/// What picks one sample of a dataset.
public enum ElementKey: Sendable, Hashable {
  /// The sample's file name.
  case name(String)
  /// The sample's place, from 0.
  case index(Int)
}

/// A value that fits, and the place at which it was written.
public struct BoundArgument: Sendable, Hashable {
  /// The value.
  public let value: BoundValue
  /// The place in the cell; for a default the place of the verb.
  public let span: SourceSpan

  /// A value at a place.
  public init(_ value: BoundValue, span: SourceSpan) {
    self.value = value
    self.span = span
  }
}

/// A name that stands for something, and the place at which it was written.
public struct BoundReference: Sendable, Hashable {
  /// The name.
  public let name: String
  /// What it stands for, as far as that is known.
  public let kind: ReferenceKind
  /// The place in the cell.
  public let span: SourceSpan
}

/// A sample of a dataset, and the place at which it was written.
public struct BoundElement: Sendable, Hashable {
  /// The dataset's name.
  public let dataset: String
  /// Which sample.
  public let key: ElementKey
  /// The place in the cell.
  public let span: SourceSpan
}
