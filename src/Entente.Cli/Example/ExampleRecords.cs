namespace Entente.Cli.Example;

/// <summary>What Acme IT keeps about itself: the export of its asset list, and how far its practices fit. All of it is invented.</summary>
internal static class ExampleRecords
{
    /// <summary>The asset list as Acme IT exports it. Two of its machines serve nothing any more.</summary>
    public const string Assets =
        """
        key,name,type,owner,depends on,redundant with,run,lifecycle
        frankfurt,Frankfurt data centre,site,Facilities,,,EUR 2900,inUse
        amsterdam,Amsterdam data centre,site,Facilities,,,EUR 2600,inUse
        uplink-a,Uplink A,circuit,Network team,frankfurt,uplink-b,EUR 480,inUse
        uplink-b,Uplink B,circuit,Network team,amsterdam,uplink-a,EUR 450,inUse
        storage,Build storage,storage,Platform on-call,frankfurt,,EUR 1150,inUse
        identity,Sign-in service,application,Identity team,uplink-a,,EUR 700,inUse
        old-builders,Old build farm,server,Platform on-call,frankfurt,,EUR 1900,inUse
        test-rack,Load test rack,server,Platform on-call,amsterdam,,EUR 640,inUse
        """;

    /// <summary>What each cluster stands on.</summary>
    public static string[] StandsOn(string service) =>
        service == "build-pipeline" ? ["storage", "uplink-a", "identity"] : ["uplink-a", "identity"];

    /// <summary>How people of both sides assessed the practice before the first table.</summary>
    public static IReadOnlyList<(string Clause, string Fit, string Evidence, string Plan, string Owner, int DueAfterDays)> Practice { get; } =
    [
        ("iso-8.2.2", "done", "Interviews with both sides, kept with each service", "", "", 0),
        ("iso-8.2.4", "done", "", "", "", 0),
        ("iso-8.2.5", "partly", "The asset list is exported once a quarter", "Read the list every night", "Pavel Ito", 120),
        ("iso-8.2.6", "missing", "", "Record what stands on what, and check it twice a year", "Pavel Ito", 150),
        ("iso-8.3.4", "missing", "", "Agree with the data centres what the promises need of them", "Fiona Imre", 200),
        ("itil-targets", "done", "Each target names the sentence of the business that it serves", "", "", 0),
        ("itil-engage", "partly", "Users are asked once a year", "Ask after every closed ticket", "Anna Niklas", 90),
        ("itil-measure", "partly", "Two monitors count differently", "One history that both sides read", "Anna Niklas", 60),
    ];
}
