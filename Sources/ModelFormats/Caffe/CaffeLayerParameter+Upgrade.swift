extension CaffeLayerParameter {
  /// Today's form of a layer of the second generation (V1).
  init(upgrading old: CaffeV1LayerParameter) {
    self.init()
    name = old.name
    type = Self.typeNames[old.type] ?? "\(old.type)"
    bottom = old.bottom
    top = old.top
    blobs = old.blobs
    include = old.include
    exclude = old.exclude
    if old.hasConcatParam { concatParam = old.concatParam }
    if old.hasConvolutionParam { convolutionParam = old.convolutionParam }
    if old.hasInnerProductParam { innerProductParam = old.innerProductParam }
    if old.hasLrnParam { lrnParam = old.lrnParam }
    if old.hasPoolingParam { poolingParam = old.poolingParam }
    if old.hasPowerParam { powerParam = old.powerParam }
    if old.hasEltwiseParam { eltwiseParam = old.eltwiseParam }
    if old.hasReluParam { reluParam = old.reluParam }
    if old.hasSoftmaxParam { softmaxParam = old.softmaxParam }
  }

  private static let typeNames: [CaffeV1LayerParameter.LayerType: String] = [
    .accuracy: "Accuracy", .bnll: "BNLL", .concat: "Concat", .convolution: "Convolution", .data: "Data",
    .dropout: "Dropout", .euclideanLoss: "EuclideanLoss", .flatten: "Flatten", .hdf5Data: "HDF5Data",
    .hdf5Output: "HDF5Output", .hingeLoss: "HingeLoss", .im2Col: "Im2col", .imageData: "ImageData",
    .infogainLoss: "InfogainLoss", .innerProduct: "InnerProduct", .lrn: "LRN",
    .multinomialLogisticLoss: "MultinomialLogisticLoss", .pooling: "Pooling", .relu: "ReLU", .sigmoid: "Sigmoid",
    .softmax: "Softmax", .softmaxLoss: "SoftmaxWithLoss", .split: "Split", .tanh: "TanH", .windowData: "WindowData",
    .eltwise: "Eltwise", .power: "Power", .sigmoidCrossEntropyLoss: "SigmoidCrossEntropyLoss",
    .memoryData: "MemoryData", .argmax: "ArgMax", .threshold: "Threshold", .dummyData: "DummyData", .slice: "Slice",
    .mvn: "MVN", .absval: "AbsVal", .silence: "Silence", .contrastiveLoss: "ContrastiveLoss", .exp: "Exp",
    .deconvolution: "Deconvolution",
  ]
}
