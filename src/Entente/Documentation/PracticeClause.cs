namespace Entente.Documentation;

/// <summary>One thing that a standard or body of practice asks, in our own words.</summary>
/// <param name="Clause">Where it stands: <c>ISO/IEC 20000-1 8.3.3</c>, <c>ITIL 4 SLM</c>.</param>
public sealed record PracticeClause(string Key, string Clause, string Asks);

/// <summary>How far something is done.</summary>
public enum Fit { Missing, Partly, Done, NotApplicable }

/// <summary>What is asked of service level management by ISO/IEC 20000-1:2018 (8.2, 8.3, 9.4) and by the practice guide of ITIL 4.</summary>
public static class PracticeClauses
{
    public static IReadOnlyList<PracticeClause> All { get; } =
    [
        new("iso-8.2.1", "ISO/IEC 20000-1 8.2.1",
            "Activities, people and means are coordinated, so that the services are delivered as planned."),
        new("iso-8.2.2", "ISO/IEC 20000-1 8.2.2",
            "Services are planned from the needs of customers and users, with their priorities, within what means allow."),
        new("iso-8.2.3", "ISO/IEC 20000-1 8.2.3", "It is settled who outside makes parts of the services, and how they are held to it."),
        new("iso-8.2.4", "ISO/IEC 20000-1 8.2.4",
            "A catalogue describes the services, whom they are for, what they bring and what they depend on, and those concerned can read it."),
        new("iso-8.2.5", "ISO/IEC 20000-1 8.2.5", "The assets that make the services are known and looked after."),
        new("iso-8.2.6", "ISO/IEC 20000-1 8.2.6", "The parts of services are recorded with their connections, and the records are checked."),
        new("iso-8.3.2", "ISO/IEC 20000-1 8.3.2",
            "Customers and users are known, somebody answers for each relationship, complaints are taken in and satisfaction is measured."),
        new("iso-8.3.3-agreed", "ISO/IEC 20000-1 8.3.3",
            "For each service, targets, limits of workload and exceptions are agreed with the customer and written down."),
        new("iso-8.3.3-watched", "ISO/IEC 20000-1 8.3.3", "At planned times it is looked at how targets and workload are kept, and what to better."),
        new("iso-8.3.4", "ISO/IEC 20000-1 8.3.4", "Contracts with suppliers, and agreements inside the house, carry the promises made to customers."),
        new("iso-9.4", "ISO/IEC 20000-1 9.4",
            "Reports tell how services do against their targets, what happened, what it tends to, and reach those who decide."),
        new("itil-view", "ITIL 4 service level management", "Services and their levels are seen with the customer, not only from inside IT."),
        new("itil-targets", "ITIL 4 service level management", "Targets are about outcomes of the business, not only about parts of the technology."),
        new("itil-engage", "ITIL 4 service level management", "Customers and users are asked and listened to, by talks, surveys and comments."),
        new("itil-measure", "ITIL 4 service level management", "What is promised is measured, and the measures are agreed to mean what both sides think."),
        new("itil-review", "ITIL 4 service level management", "Services are reviewed together at a rhythm, and what is found is bettered."),
        new("itil-plain", "ITIL 4 service level management", "Agreements are written so plainly that everybody they bind understands them."),
    ];

    public static PracticeClause? Find(string key) => All.FirstOrDefault(clause => clause.Key == key);
}
