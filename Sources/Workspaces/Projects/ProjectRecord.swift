/// A project that is kept, with the best that its runs found out.
public struct ProjectRecord: Sendable, Hashable {
  /// The highest throughput that was measured.
  public struct Throughput: Sendable, Hashable {
    /// Images in a second.
    public let value: Double
    /// Inferences that ran at the same time.
    public let streams: Int
    /// Images in one inference.
    public let batch: Int
    /// The median time of one inference, in seconds.
    public let medianLatency: Double
  }

  /// Its number in the workspace.
  public let id: Int
  /// The number of its model.
  public let model: Int
  /// The number of the model that its model was made of; nil where it was not.
  public let parent: Int?
  /// The model's name.
  public let modelName: String
  /// The model's precision.
  public let precision: String
  /// How the model was made of its parent; nil where it was not.
  public let optimization: String?
  /// The model's digest.
  public let digest: String
  /// The dataset's name; nil without one.
  public let dataset: String?
  /// The host's name and its processor.
  public let machine: String
  /// When it was made, in seconds since 1970.
  public let created: Double
  /// The best throughput of the model on the machine, whatever the dataset; nil where none was measured.
  public let throughput: Throughput?
  /// The latest accuracy; nil where none was measured.
  public let accuracy: FigureRecord?
  /// The number of its runs.
  public let runCount: Int
  /// How its latest run ended; nil where it has none.
  public let status: RunStatus?
}
