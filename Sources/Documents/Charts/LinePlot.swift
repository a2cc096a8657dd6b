/// Points by two numbers: lines through them, or the points alone.
public struct LinePlot: Sendable, Equatable, Codable {
  /// One point.
  public struct Sample: Sendable, Equatable, Codable {
    /// The value along the horizontal axis; a point that is not finite is left out.
    public var x: Double
    /// The value along the vertical axis; a point that is not finite is left out.
    public var y: Double
    /// Words beside the point; empty for none.
    public var label: String

    /// Creates a point.
    public init(_ x: Double, _ y: Double, label: String = "") {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// Points that belong together.
  public struct Series: Sendable, Equatable, Codable {
    /// Whose points these are.
    public var name: String
    /// The points in the order in which they are joined.
    public var samples: [Sample]
    /// Whether lines join the points.
    public var isConnected: Bool
    /// Whether the series is what the others are compared with; it is drawn in grey.
    public var isReference: Bool

    /// Creates a series.
    public init(_ name: String, _ samples: [Sample], isConnected: Bool = true, isReference: Bool = false) {
      self.name = name
      self.samples = samples
      self.isConnected = isConnected
      self.isReference = isReference
    }

    var finiteSamples: [Sample] { samples.filter { $0.x.isFinite && $0.y.isFinite } }
  }

  /// A dashed line at one value of the horizontal or the vertical axis, such as a limit.
  public struct Guide: Sendable, Equatable, Codable {
    /// Which axis the value is of.
    public enum Direction: Sendable, Equatable, Codable {
      /// An upright line at a value of the horizontal axis.
      case x
      /// A level line at a value of the vertical axis.
      case y
    }

    /// Which axis the value is of.
    public var direction: Direction
    /// Where the line stands.
    public var value: Double
    /// What it stands for.
    public var label: String

    /// Creates a guide.
    public init(_ direction: Direction, at value: Double, label: String) {
      self.direction = direction
      self.value = value
      self.label = label
    }
  }

  /// The series in the order of the legend.
  public var series: [Series]
  /// What is measured from left to right.
  public var xAxis: Axis
  /// What is measured upwards.
  public var yAxis: Axis
  /// Limits to compare the points with.
  public var guides: [Guide]

  /// Creates a plot.
  public init(series: [Series], xAxis: Axis, yAxis: Axis, guides: [Guide] = []) {
    self.series = series
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.guides = guides
  }

  var xValues: [Double] {
    series.flatMap(\.finiteSamples).map(\.x) + guides.filter { $0.direction == .x && $0.value.isFinite }.map(\.value)
  }

  var yValues: [Double] {
    series.flatMap(\.finiteSamples).map(\.y) + guides.filter { $0.direction == .y && $0.value.isFinite }.map(\.value)
  }
}
