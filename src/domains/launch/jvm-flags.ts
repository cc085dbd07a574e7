/**
 * The -XX flags that an extra JVM argument may set: what tunes memory layout, garbage collection and the compiler, and
 * can neither name a program, a library or a file, nor open a port. Sources: Aikar's flags (served by PaperMC's Fill API),
 * MeowIce's flags (known to itzg/minecraft-server), the ZGC and Shenandoah pages of OpenJDK.
 */
export const switchFlags: ReadonlySet<string> = new Set(
  `UseG1GC UseZGC ZGenerational UseShenandoahGC UseParallelGC UseSerialGC ParallelRefProcEnabled UnlockExperimentalVMOptions
  UnlockDiagnosticVMOptions IgnoreUnrecognizedVMOptions DisableExplicitGC ExplicitGCInvokesConcurrent AlwaysPreTouch
  PerfDisableSharedMem UseStringDeduplication UseCompactObjectHeaders UseCompressedOops UseCompressedClassPointers UseNUMA
  UseLargePages UseTransparentHugePages UseContainerSupport UseCodeCacheFlushing SegmentedCodeCache TieredCompilation
  DontCompileHugeMethods UseFastUnorderedTimeStamps UseCriticalJavaThreadPriority UseThreadPriorities EagerJVMCI
  AlwaysActAsServerClassMachine OmitStackTraceInFastThrow ShowCodeDetailsInExceptionMessages ScavengeBeforeFullGC
  UseAdaptiveSizePolicy ResizePLAB UseTLAB ResizeTLAB ZProactive ZUncommit HeapDumpOnOutOfMemoryError
  CrashOnOutOfMemoryError ExitOnOutOfMemoryError UseAES UseAESIntrinsics UseFMA UseLoopPredicate RangeCheckElimination
  OptimizeStringConcat RewriteBytecodes RewriteFrequentPairs UseFPUForSpilling UseFastStosb UseNewLongLShift UseVectorCmov
  UseXMMForArrayCopy UseXmmI2D UseXmmI2F UseXmmLoadAndClearUpper UseXmmRegToRegMoveAll EliminateLocks DoEscapeAnalysis
  AlignVector OptimizeFill EnableVectorSupport UseCharacterCompareIntrinsics UseCopySignIntrinsic UseVectorStubs
  UseJVMCICompiler EnableJVMCI UseCMoveUnconditionally UseBMI2Instructions UseBMI1Instructions UseSHA UseInlineCaches
  UseDynamicNumberOfGCThreads UseDynamicNumberOfCompilerThreads OptoScheduling UseBiasedLocking AggressiveOpts
  UseConcMarkSweepGC CMSIncrementalPacing CMSParallelRemarkEnabled CMSClassUnloadingEnabled UseParNewGC
  UseCMSInitiatingOccupancyOnly UseLargePagesInMetaspace PrintFlagsFinal PrintCommandLineFlags UseEpollWakeup`.split(
    /\s+/,
  ),
);

/** The same for flags with a number: a count, a percentage, milliseconds, or a size such as `16M`. */
export const numberFlags: ReadonlySet<string> = new Set(
  `MaxGCPauseMillis GCPauseIntervalMillis G1NewSizePercent G1MaxNewSizePercent G1HeapRegionSize G1ReservePercent
  G1HeapWastePercent G1MixedGCCountTarget G1MixedGCLiveThresholdPercent G1RSetUpdatingPauseTimePercent
  G1SATBBufferEnqueueingThresholdPercent G1ConcMarkStepDurationMillis G1ConcRefinementThreads G1ConcRefinementServiceIntervalMillis
  G1PeriodicGCInterval InitiatingHeapOccupancyPercent SurvivorRatio MaxTenuringThreshold NewRatio NewSize MaxNewSize
  TargetSurvivorRatio ParallelGCThreads ConcGCThreads CICompilerCount MetaspaceSize MaxMetaspaceSize CompressedClassSpaceSize
  MaxDirectMemorySize ReservedCodeCacheSize InitialCodeCacheSize NonNMethodCodeHeapSize ProfiledCodeHeapSize
  NonProfiledCodeHeapSize NmethodSweepActivity MaxNodeLimit NodeLimitFudgeFactor AllocatePrefetchStyle LargePageSizeInBytes
  ThreadStackSize ThreadPriorityPolicy SoftMaxHeapSize SoftRefLRUPolicyMSPerMB ZCollectionInterval ZAllocationSpikeTolerance
  ZUncommitDelay ZFragmentationLimit ShenandoahGuaranteedGCInterval ShenandoahUncommitDelay MinHeapFreeRatio MaxHeapFreeRatio
  ActiveProcessorCount AutoBoxCacheMax UseAVX UseSSE LoopUnrollLimit MaxInlineLevel MaxInlineSize FreqInlineSize
  InlineSmallCode StringDeduplicationAgeThreshold StringTableSize GCTimeRatio GCTimeLimit GCHeapFreeLimit
  CMSInitiatingOccupancyFraction AdaptiveSizePolicyWeight TieredStopAtLevel TrimNativeHeapInterval`.split(/\s+/),
);

/** The same for flags with one of a few words. */
export const wordFlags: ReadonlyMap<string, readonly string[]> = new Map([
  ["ShenandoahGCHeuristics", ["adaptive", "static", "compact", "aggressive"]],
  ["ShenandoahGCMode", ["satb", "iu", "generational", "passive"]],
  ["NativeMemoryTracking", ["off", "summary", "detail"]],
]);

/** Flags with a file name, which must stay inside the server's folder. */
export const pathFlags: ReadonlySet<string> = new Set(["ErrorFile", "HeapDumpPath"]);

/** System properties that an extra argument may set, each with a plain value. */
export const plainProperties: ReadonlySet<string> = new Set(
  `file.encoding stdout.encoding stderr.encoding sun.stdout.encoding sun.stderr.encoding sun.jnu.encoding
  java.net.preferIPv4Stack java.net.preferIPv6Addresses java.awt.headless user.timezone user.language user.country
  log4j2.formatMsgNoLookups log4j.skipJansi log4j2.asyncQueueFullPolicy jline.terminal org.jline.terminal.dumb
  org.jline.terminal.jansi terminal.jline terminal.ansi IReallyKnowWhatIAmDoingISwear using.aikars.flags aikars.new.flags
  disable.watchdog fml.queryResult fml.readTimeout fml.loginTimeout fml.doNotBackup fml.ignorePatchDiscrepancies
  fml.ignoreInvalidMinecraftCertificates forge.forceNoStencil networkaddress.cache.ttl sun.net.inetaddr.ttl
  java.util.concurrent.ForkJoinPool.common.parallelism io.netty.leakDetectionLevel io.netty.eventLoopThreads
  io.netty.allocator.type io.netty.recycler.maxCapacityPerThread max.bg.threads joml.nounsafe`.split(/\s+/),
);

/** Families of settings of the server programs themselves, all of them numbers, words or yes and no. */
export const propertyFamilies: readonly string[] = ["paper.", "Paper.", "purpur.", "Purpur.", "pufferfish.", "spigot."];
