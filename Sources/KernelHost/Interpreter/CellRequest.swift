/// One cell to run.
public struct CellRequest: Sendable {
  /// The text of the cell.
  public let code: String
  /// Whether nothing of it is shown.
  public let isSilent: Bool
  /// Whether it enters the history.
  public let storesHistory: Bool
  /// The identifier of the notebook's cell; nil where the front end gives none.
  public let cellID: String?
  /// The identifiers of cells that were deleted from the notebook since the cell before this one ran.
  public let deletedCellIDs: [String]
  /// The cell's number.
  public let executionCount: Int
  /// Whether the cell has been interrupted; cheap, and callable from any thread.
  public let isCancelled: @Sendable () -> Bool

  /// Creates a cell to run.
  public init(
    code: String, isSilent: Bool = false, storesHistory: Bool = true, cellID: String? = nil,
    deletedCellIDs: [String] = [],
    executionCount: Int = 1, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.code = code
    self.isSilent = isSilent
    self.storesHistory = storesHistory
    self.cellID = cellID
    self.deletedCellIDs = deletedCellIDs
    self.executionCount = executionCount
    self.isCancelled = isCancelled
  }
}
